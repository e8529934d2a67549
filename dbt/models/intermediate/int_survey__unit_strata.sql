with

unit_nodes as (
    select * from {{ ref('int_survey__unit_nodes') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

areas as (
    select * from {{ ref('int_organisation__areas') }}
),

cells as (
    select * from {{ ref('int_survey__cells') }}
),

strata as (
    select * from {{ ref('int_survey__strata') }}
),

units as (
    select distinct
        unit_nodes.wave,
        unit_nodes.unit_code,
        coalesce(areas.area_node_id, '{{ var("root_node") }}') as area_node_id
    from unit_nodes
    inner join waves
        on unit_nodes.wave = waves.wave
    left join areas
        on
            waves.organisation_period = areas.organisation_period
            and unit_nodes.unit_code = areas.node_id
),

final as (
    select
        units.wave,
        units.unit_code,
        cells.respondent_role,
        cells.stratum_id,
        strata.weight
    from units
    inner join cells
        on
            units.wave = cells.wave
            and units.area_node_id = cells.area_node_id
    inner join strata
        on
            cells.wave = strata.wave
            and cells.stratum_id = strata.stratum_id
)

select * from final
