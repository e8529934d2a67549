with

records as (
    select * from {{ ref('int_activities__records') }}
),

units as (
    select * from {{ ref('stg_organisation__units') }}
),

ancestors as (
    select * from {{ ref('int_organisation__node_ancestors') }}
),

periods as (
    select distinct period from records
),

organisations as (
    select
        organisation_period,
        max(case when is_demonstration then 1 else 0 end) = 1 as is_demonstration
    from units
    group by organisation_period
),

-- the newest not after the year, or the oldest there is
in_force as (
    select
        periods.period,
        coalesce(
            max(
                case
                    when
                        organisations.organisation_period
                        <= cast(periods.period as {{ dbt.type_int() }})
                        then organisations.organisation_period
                end
            ),
            min(organisations.organisation_period)
        ) as organisation_period
    from periods
    cross join organisations
    group by periods.period
),

final as (
    select
        in_force.period,
        ancestors.node_id,
        counties.unit_code as county_node_id,
        organisations.is_demonstration
    from in_force
    inner join organisations
        on in_force.organisation_period = organisations.organisation_period
    inner join units as counties
        on
            in_force.organisation_period = counties.organisation_period
            and counties.level = 'result_area'
            and counties.nav_region is not null
    inner join ancestors
        on
            in_force.organisation_period = ancestors.organisation_period
            and counties.unit_code = ancestors.ancestor_id
)

select * from final
