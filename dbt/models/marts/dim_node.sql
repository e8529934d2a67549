with

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

-- a period of the marts is a wave, which uses the organisation that its codebook names
periods_of_waves as (
    select
        wave as period,
        organisation_period
    from waves
),

-- and a period of the organisation that no wave is named after stands for itself
other_periods as (
    select distinct
        cast(nodes.organisation_period as {{ dbt.type_string() }}) as period,
        nodes.organisation_period
    from nodes
    left join waves
        on cast(nodes.organisation_period as {{ dbt.type_string() }}) = waves.wave
    where waves.wave is null
),

periods as (
    select * from periods_of_waves
    union all
    select * from other_periods
),

final as (
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
)

select * from final
