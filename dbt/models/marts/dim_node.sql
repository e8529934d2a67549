with

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

periods as (
    select * from {{ ref('int_organisation__periods') }}
),

nodes_in_periods as (
    select
        nodes.node_id,
        periods.period,
        nodes.node_name as name,
        nodes.parent_node_id,
        nodes.level,
        nodes.level_order,
        nodes.sort_order,
        nodes.predecessor_node_ids
    from nodes
    inner join periods
        on nodes.organisation_period = periods.organisation_period
),

-- the root alone, where no organisation was ever delivered
roots_alone as (
    select
        '{{ var("root_node") }}' as node_id,
        period,
        '{{ var("root_node") }}' as name,
        cast(null as {{ dbt.type_string() }}) as parent_node_id,
        'nav' as level,
        0 as level_order,
        1 as sort_order,
        cast(null as {{ dbt.type_string() }}) as predecessor_node_ids
    from periods
    where organisation_period is null
),

final as (
    select * from nodes_in_periods
    union all
    select * from roots_alone
)

select * from final
