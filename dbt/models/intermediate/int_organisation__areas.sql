with

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

ancestors as (
    select * from {{ ref('int_organisation__node_ancestors') }}
),

-- the deepest node above the units that a node lies in, itself among them
ranked as (
    select
        ancestors.organisation_period,
        ancestors.node_id,
        ancestors.ancestor_id as area_node_id,
        row_number() over (
            partition by ancestors.organisation_period, ancestors.node_id
            order by ancestors.distance
        ) as place
    from ancestors
    inner join nodes
        on
            ancestors.organisation_period = nodes.organisation_period
            and ancestors.ancestor_id = nodes.node_id
    where nodes.level <> 'unit'
),

lines as (
    select
        ancestors.organisation_period,
        ancestors.node_id,
        ancestors.ancestor_id as line_node_id
    from ancestors
    inner join nodes
        on
            ancestors.organisation_period = nodes.organisation_period
            and ancestors.ancestor_id = nodes.node_id
    where nodes.level = 'line'
),

final as (
    select
        ranked.organisation_period,
        ranked.node_id,
        ranked.area_node_id,
        coalesce(lines.line_node_id, '{{ var("root_node") }}') as line_node_id
    from ranked
    left join lines
        on
            ranked.organisation_period = lines.organisation_period
            and ranked.node_id = lines.node_id
    where ranked.place = 1
)

select * from final
