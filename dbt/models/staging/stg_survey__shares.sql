with

raw_shares as (
    select * from {{ source('raw', 'survey_share') }}
),

final as (
    select
        -- ids
        wave,
        question_id,
        role_id,
        answer_class,
        source_id,

        -- text
        section,

        -- numbers
        cast(share_percent as double) / 100 as share,
        respondents as n,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_shares
)

select * from final
