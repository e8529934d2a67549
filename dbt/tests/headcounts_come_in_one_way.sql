-- In a period, units are counted by role or by head alone: a unit that is counted in the other way
-- would be left out of its margin.
with

units as (
    select * from {{ ref('stg_organisation__units') }}
),

final as (
    select
        organisation_period,
        unit_code
    from units
    where
        is_counted_by_head
        and (
            headcount_total is null
            or (headcount_staff is not null and unit_code <> '{{ var("root_node") }}')
        )
)

select * from final
