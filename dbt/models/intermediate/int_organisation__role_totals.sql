{#- How many there are of each role in all of NAV, in the periods whose units are counted by head
    alone: they stand with the root, whose own employees are in its count by head. -#}
{% set roles = ['staff', 'leader', 'union_rep', 'safety_rep'] %}

with

units as (
    select * from {{ ref('stg_organisation__units') }}
),

roots as (
    select * from units
    where
        is_counted_by_head
        and unit_code = '{{ var("root_node") }}'
),

by_role as (
    {% for role in roles %}
        select
            organisation_period,
            '{{ role }}' as respondent_role,
            headcount_{{ role }} as headcount
        from roots
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select *
    from by_role
    where headcount > 0
)

select * from final
