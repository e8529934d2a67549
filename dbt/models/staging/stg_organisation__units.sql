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

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_units
)

select * from final
