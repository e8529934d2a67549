with

raw_questions as (
    select * from {{ source('raw', 'codebook_question') }}
),

final as (
    select
        -- ids
        wave,
        question_id,
        column_name,
        wave_form,
        instrument,
        organisation_period,
        scale_id,
        battery_id,
        goal_id,
        question_order,

        -- text
        asked_of,
        label_nb,
        label_en,
        wording_nb,
        wording_en,

        -- comparability
        comparable_wave,
        comparability_break,
        break_note_nb,
        break_note_en,

        -- booleans
        is_illustrative,

        -- lineage
        source_file,
        source_row,
        source_sha256
    from raw_questions
)

select * from final
