{#- By role, or by head alone in a period whose units are counted so: then as the role `all`. -#}
{% set roles = ['staff', 'leader', 'union_rep', 'safety_rep'] %}

with

units as (
    select * from {{ ref('stg_organisation__units') }}
),

areas as (
    select * from {{ ref('int_organisation__areas') }}
),

by_role as (
    {% for role in roles %}
        select
            organisation_period,
            unit_code,
            '{{ role }}' as respondent_role,
            headcount_{{ role }} as headcount
        from units
        where not is_counted_by_head
        union all
    {% endfor %}
    select
        organisation_period,
        unit_code,
        'all' as respondent_role,
        headcount_total as headcount
    from units
    where is_counted_by_head
),

final as (
    select
        by_role.organisation_period,
        by_role.unit_code,
        areas.area_node_id,
        areas.line_node_id,
        by_role.respondent_role,
        by_role.headcount
    from by_role
    inner join areas
        on
            by_role.organisation_period = areas.organisation_period
            and by_role.unit_code = areas.node_id
)

select * from final
