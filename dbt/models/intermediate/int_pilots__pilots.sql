with

pilots as (
    select * from {{ ref('stg_pilots__pilots') }}
),

units as (
    select distinct organisation_period
    from {{ ref('int_organisation__nodes') }}
),

newest_register as (
    select max(register_year) as register_year from pilots
),

-- the organisation in force in the register's year, or the oldest where all are newer
organisations as (
    select
        registers.register_year,
        coalesce(
            max(case
                when units.organisation_period <= registers.register_year
                    then units.organisation_period
            end),
            min(units.organisation_period)
        ) as organisation_period
    from (select distinct register_year from pilots) as registers
    cross join units
    group by registers.register_year
),

parts as (
    select
        *,
        purpose is not null as has_purpose,
        start_date is not null and end_date is not null and milestone_1_date is not null
            as has_timeline,
        cost_estimate is not null as has_cost_estimate,
        evaluation_design is not null as has_evaluation
    from pilots
),

final as (
    select
        parts.*,
        parts.has_timeline and parts.has_cost_estimate as has_plan,
        parts.has_purpose
        and parts.has_timeline
        and parts.has_cost_estimate
        and parts.has_evaluation as has_all_parts,
        coalesce(parts.within_frames, 'not_stated') as frames_id,
        organisations.organisation_period,
        parts.register_year = newest_register.register_year as is_in_newest_register
    from parts
    cross join newest_register
    left join organisations
        on parts.register_year = organisations.register_year
)

select * from final
