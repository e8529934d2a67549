with

waves as (
    select * from {{ ref('int_survey__waves') }}
),

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

figures as (
    select * from {{ ref('int_evidence__figures') }}
),

organisation_periods as (
    select distinct organisation_period from nodes
),

-- a period of the marts is a wave, which uses the organisation that its codebook names
periods_of_waves as (
    select
        wave as period,
        organisation_period
    from waves
),

-- or a year, which uses the organisation then in force
other_years as (
    select cast(organisation_period as {{ dbt.type_string() }}) as period
    from organisation_periods
    union
    select period from figures
),

latest_in_force as (
    select
        other_years.period,
        max(organisation_periods.organisation_period) as organisation_period
    from other_years
    inner join organisation_periods
        on
            organisation_periods.organisation_period
            <= cast(other_years.period as {{ dbt.type_int() }})
    group by other_years.period
),

oldest as (
    select min(organisation_period) as organisation_period from organisation_periods
),

periods_of_years as (
    select
        other_years.period,
        coalesce(
            latest_in_force.organisation_period, oldest.organisation_period
        ) as organisation_period
    from other_years
    cross join oldest
    left join latest_in_force
        on other_years.period = latest_in_force.period
    left join waves
        on other_years.period = waves.wave
    where waves.wave is null
),

final as (
    select * from periods_of_waves
    union all
    select * from periods_of_years
)

select * from final
