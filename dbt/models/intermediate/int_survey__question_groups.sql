with

questions as (
    select * from {{ ref('stg_codebook__questions') }}
),

final as (
    select
        wave,
        wave_form,
        question_id,
        column_name,
        question_order,
        battery_id,
        goal_id,
        label_nb,
        label_en,
        wording_nb,
        wording_en,
        asked_of,
        scale_id,
        is_illustrative,
        comparable_wave,
        comparability_break,
        break_note_nb,
        break_note_en
    from questions
)

select * from final
