-- In a period, units are counted by role or by head alone: a unit that is counted in the other way
-- would be left out of its margin.
with

units as (
    select * from {{ ref('stg_organisation__units') }}
),

counted_by_head as (
    select distinct organisation_period from units
    where {{ is_counted_by_head() }}
),

final as (
    select
        units.organisation_period,
        units.unit_code
    from units
    inner join counted_by_head
        on units.organisation_period = counted_by_head.organisation_period
    where
        units.headcount_total is null
        or (units.headcount_staff is not null and units.unit_code <> '{{ var("root_node") }}')
)

select * from final
