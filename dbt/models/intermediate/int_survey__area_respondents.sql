{#- Who did not say where they work, or works at no result area or line, counts at the root. -#}
{% set root = var('root_node') %}

with

responses as (
    select * from {{ ref('stg_survey__responses') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

areas as (
    select * from {{ ref('int_organisation__areas') }}
),

final as (
    select
        responses.wave,
        coalesce(areas.area_node_id, '{{ root }}') as area_node_id,
        coalesce(areas.line_node_id, '{{ root }}') as line_node_id,
        responses.respondent_role,
        cast(count(*) as {{ dbt.type_int() }}) as n_respondents,
        cast(count(responses.unit_code) as {{ dbt.type_int() }}) as n_with_unit
    from responses
    inner join waves
        on responses.wave = waves.wave
    left join areas
        on
            waves.organisation_period = areas.organisation_period
            and responses.unit_code = areas.node_id
    group by
        responses.wave,
        coalesce(areas.area_node_id, '{{ root }}'),
        coalesce(areas.line_node_id, '{{ root }}'),
        responses.respondent_role
)

select * from final
