{#- Deeper than any organisation here; a cycle ends here too and is caught by a test. -#}
{% set depth = 6 %}

with

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

ancestors_0 as (
    select
        organisation_period,
        node_id,
        node_id as ancestor_id,
        parent_node_id as next_ancestor_id,
        0 as distance
    from nodes
),

{% for step in range(1, depth + 1) %}
    ancestors_{{ step }} as (
        select
            below.organisation_period,
            below.node_id,
            nodes.node_id as ancestor_id,
            nodes.parent_node_id as next_ancestor_id,
            {{ step }} as distance
        from ancestors_{{ step - 1 }} as below
        inner join nodes
            on
                below.organisation_period = nodes.organisation_period
                and below.next_ancestor_id = nodes.node_id
    ),
{% endfor %}

final as (
    {% for step in range(depth + 1) %}
        select
            organisation_period,
            node_id,
            ancestor_id,
            distance
        from ancestors_{{ step }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from final
