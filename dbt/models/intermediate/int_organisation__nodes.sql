with

units as (
    select * from {{ ref('stg_organisation__units') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
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

-- the root alone, for a wave whose organisation was never delivered
roots_without_organisation as (
    select distinct
        waves.organisation_period,
        '{{ var("root_node") }}' as node_id,
        '{{ var("root_node") }}' as node_name,
        cast(null as {{ dbt.type_string() }}) as parent_node_id,
        'nav' as level,
        0 as level_order,
        1 as source_row,
        cast(null as {{ dbt.type_string() }}) as predecessor_node_ids
    from waves
    left join units
        on waves.organisation_period = units.organisation_period
    where units.unit_code is null
),

every_node as (
    select * from nodes
    union all
    select * from roots_without_organisation
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
    from every_node
)

select * from final
