with

findings as (
    select * from {{ ref('int_published__findings') }}
),

final as (
    select
        finding_id,
        goal_id,
        finding_nb,
        finding_en,
        source_id,
        source_title,
        section,
        is_demonstration,
        source_file,
        source_sha256
    from findings
)

select * from final
