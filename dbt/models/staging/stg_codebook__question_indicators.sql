with

raw_question_indicators as (
    select * from {{ source('raw', 'codebook_question_indicator') }}
),

final as (
    select
        -- ids
        wave,
        question_id,
        indicator_id,

        -- lineage
        source_file,
        source_row,
        source_sha256
    from raw_question_indicators
)

select * from final
