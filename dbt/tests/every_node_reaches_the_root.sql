-- A node whose parents do not lead to the root (an orphan, or a cycle) would drop out of totals.
with

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

roots as (
    select * from {{ ref('int_organisation__node_ancestors') }}
    where ancestor_id = '{{ var("root_node") }}'
),

final as (
    select
        nodes.organisation_period,
        nodes.node_id
    from nodes
    left join roots
        on
            nodes.organisation_period = roots.organisation_period
            and nodes.node_id = roots.node_id
    where roots.node_id is null
)

select * from final
