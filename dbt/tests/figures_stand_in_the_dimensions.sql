-- Every figure can be looked up: its node in the period, its role and its indicator.
{% set marts = [
    'mart_goal_1', 'mart_goal_2', 'mart_goal_3', 'mart_goal_4', 'mart_goal_5', 'mart_scorecard'
] %}

with

places as (
    {% for mart in marts %}
        select distinct
            '{{ mart }}' as mart,
            indicator_id,
            period,
            node_id,
            role_id
        from {{ ref(mart) }}
        where status <> 'no_evidence'
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select places.*
    from places
    left join {{ ref('dim_node') }} as nodes
        on
            places.node_id = nodes.node_id
            and places.period = nodes.period
    left join {{ ref('dim_role') }} as roles
        on places.role_id = roles.role_id
    left join {{ ref('dim_indicator') }} as indicators
        on places.indicator_id = indicators.indicator_id
    where
        nodes.node_id is null
        or (roles.role_id is null and places.role_id is not null)
        or indicators.indicator_id is null
)

select * from final
