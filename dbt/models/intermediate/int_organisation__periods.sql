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

-- a period of the marts is a wave, which belongs to the year that its codebook names, or a year
years as (
    select cast(organisation_period as {{ dbt.type_string() }}) as period
    from organisation_periods
    union
    select period from figures
),

periods as (
    select
        wave as period,
        organisation_period as in_year
    from waves
    union all
    select
        years.period,
        cast(years.period as {{ dbt.type_int() }}) as in_year
    from years
    left join waves
        on years.period = waves.wave
    where waves.wave is null
),

final as (
    select
        periods.period,
        coalesce(
            max(case
                when organisation_periods.organisation_period <= periods.in_year
                    then organisation_periods.organisation_period
            end),
            min(organisation_periods.organisation_period)
        ) as organisation_period
    from periods
    left join organisation_periods
        on 1 = 1
    group by periods.period
)

select * from final
