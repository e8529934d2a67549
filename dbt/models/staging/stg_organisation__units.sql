with

raw_units as (
    select * from {{ source('raw', 'organisation') }}
),

final as (
    select
        -- ids
        period as organisation_period,
        unit_code,
        parent_unit_code,
        predecessor_unit_codes,

        -- text
        unit_name,
        aliases,
        level,
        department,
        line,
        result_area,
        nav_region,

        -- numbers
        headcount_staff,
        headcount_leader,
        headcount_union_rep,
        headcount_safety_rep,
        headcount_total,
        fte,

        -- where one unit of a period is counted without telling roles apart, all are to be
        max(case
            when headcount_total is not null and headcount_staff is null then 1
            else 0
        end) over (partition by period) = 1 as is_counted_by_head,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_units
)

select * from final
