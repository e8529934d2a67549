with

responses as (
    select * from {{ ref('stg_survey__responses') }}
),

unit_nodes as (
    select * from {{ ref('int_survey__unit_nodes') }}
),

role_members as (
    select * from {{ ref('role_members') }}
),

respondents_by_unit as (
    select
        wave,
        coalesce(unit_code, '{{ var("root_node") }}') as unit_code,
        respondent_role,
        count(*) as n
    from responses
    group by
        wave,
        coalesce(unit_code, '{{ var("root_node") }}'),
        respondent_role
),

final as (
    select
        respondents_by_unit.wave,
        unit_nodes.node_id,
        role_members.role_id,
        cast(sum(respondents_by_unit.n) as {{ dbt.type_int() }}) as n_respondents
    from respondents_by_unit
    inner join unit_nodes
        on
            respondents_by_unit.wave = unit_nodes.wave
            and respondents_by_unit.unit_code = unit_nodes.unit_code
    inner join role_members
        on respondents_by_unit.respondent_role = role_members.respondent_role
    group by
        respondents_by_unit.wave,
        unit_nodes.node_id,
        role_members.role_id
)

select * from final
