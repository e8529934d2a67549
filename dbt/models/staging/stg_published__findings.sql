with

raw_findings as (
    select * from {{ source('raw', 'published_finding') }}
),

final as (
    select
        -- ids
        finding_id,
        goal_id,
        source_id,
        section,

        -- text
        finding_nb,
        finding_en,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_findings
)

select * from final
