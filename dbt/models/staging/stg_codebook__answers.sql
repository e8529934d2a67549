with

raw_answers as (
    select * from {{ source('raw', 'codebook_answer') }}
),

final as (
    select
        -- ids
        wave,
        question_id,
        answer_code,
        answer_class,
        answer_order,

        -- text
        label_nb,
        label_en,

        -- lineage
        source_file,
        source_row,
        source_sha256
    from raw_answers
)

select * from final
