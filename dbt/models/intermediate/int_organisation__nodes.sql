with

units as (
    select * from {{ ref('stg_organisation__units') }}
),

nodes as (
    select
        organisation_period,
        unit_code as node_id,
        unit_name as node_name,
        parent_unit_code as parent_node_id,
        level,
        case level
            when 'nav' then 0
            when 'line' then 1
            when 'result_area' then 2
            when 'unit' then 3
        end as level_order,
        source_row,
        predecessor_unit_codes as predecessor_node_ids
    from units
),

final as (
    select
        organisation_period,
        node_id,
        node_name,
        parent_node_id,
        level,
        level_order,
        cast(row_number() over (
            partition by organisation_period
            order by
                level_order,
                source_row
        ) as {{ dbt.type_int() }}) as sort_order,
        predecessor_node_ids
    from nodes
)

select * from final
