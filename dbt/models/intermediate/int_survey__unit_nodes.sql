with

responses as (
    select * from {{ ref('stg_survey__responses') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

ancestors as (
    select * from {{ ref('int_organisation__node_ancestors') }}
),

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

units_in_waves as (
    select distinct
        wave,
        coalesce(unit_code, '{{ var("root_node") }}') as unit_code
    from responses
    union
    select
        wave,
        '{{ var("root_node") }}' as unit_code
    from waves
    where wave_form = 'published'
),

final as (
    select
        units_in_waves.wave,
        units_in_waves.unit_code,
        coalesce(ancestors.ancestor_id, '{{ var("root_node") }}') as node_id,
        coalesce(nodes.level, 'nav') as level
    from units_in_waves
    inner join waves
        on units_in_waves.wave = waves.wave
    left join ancestors
        on
            waves.organisation_period = ancestors.organisation_period
            and units_in_waves.unit_code = ancestors.node_id
    left join nodes
        on
            ancestors.organisation_period = nodes.organisation_period
            and ancestors.ancestor_id = nodes.node_id
)

select * from final
