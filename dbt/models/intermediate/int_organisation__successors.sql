{#- What became of a node: itself under the same code, or those that name it as a predecessor, in as
    many steps as there are organisations between. -#}
{% set steps = 12 %}

with

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

periods as (
    select distinct organisation_period from nodes
),

-- the organisation that comes next
next_periods as (
    select
        periods.organisation_period,
        min(later.organisation_period) as next_period
    from periods
    inner join periods as later
        on periods.organisation_period < later.organisation_period
    group by periods.organisation_period
),

-- a node that keeps its code goes on; it may have handed something over all the same
next_nodes as (
    select
        next_periods.organisation_period,
        nodes.node_id,
        next_periods.next_period,
        later.node_id as next_node_id
    from next_periods
    inner join nodes
        on next_periods.organisation_period = nodes.organisation_period
    inner join nodes as later
        on
            next_periods.next_period = later.organisation_period
            and (
                nodes.node_id = later.node_id
                or {{ stands_in_list('nodes.node_id', 'later.predecessor_node_ids', '|') }}
            )
),

successors_0 as (
    select
        organisation_period,
        node_id,
        organisation_period as later_period,
        node_id as later_node_id
    from nodes
),

{% for step in range(1, steps + 1) %}
    successors_{{ step }} as (
        select
            earlier.organisation_period,
            earlier.node_id,
            next_nodes.next_period as later_period,
            next_nodes.next_node_id as later_node_id
        from successors_{{ step - 1 }} as earlier
        inner join next_nodes
            on
                earlier.later_period = next_nodes.organisation_period
                and earlier.later_node_id = next_nodes.node_id
    ),
{% endfor %}

final as (
    {% for step in range(steps + 1) %}
        select
            organisation_period,
            node_id,
            later_period,
            later_node_id
        from successors_{{ step }}
        {% if not loop.last %}union{% endif %}
    {% endfor %}
)

select * from final
