-- Staff + leaders + representatives = all, and union + safety representatives = representatives,
-- wherever the roles are added together (int_survey__asked_roles says where they are not) and told
-- apart (above the units, and in waves that say who is who).
{% set roles = ['all', 'staff', 'leader', 'representative', 'union_rep', 'safety_rep'] %}

with

waves_without_roles as (
    select distinct wave from {{ ref('stg_survey__responses') }}
    where respondent_role = 'all'
),

by_role as (
    select
        wave,
        question_id,
        node_id,
        answer_code,
        {% for role in roles %}
            sum(case when role_id = '{{ role }}' then n else 0 end) as n_{{ role }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_survey__node_counts') }}
    group by
        wave,
        question_id,
        node_id,
        answer_code
),

units as (
    select distinct
        wave,
        node_id
    from {{ ref('int_survey__unit_nodes') }}
    where level = 'unit'
),

above_units as (
    select by_role.*
    from by_role
    left join units
        on
            by_role.wave = units.wave
            and by_role.node_id = units.node_id
    left join waves_without_roles
        on by_role.wave = waves_without_roles.wave
    where
        units.node_id is null
        and waves_without_roles.wave is null
),

final as (
    select *
    from above_units
    where
        (n_all > 0 and n_all <> n_staff + n_leader + n_representative)
        or (n_representative > 0 and n_representative <> n_union_rep + n_safety_rep)
)

select * from final
