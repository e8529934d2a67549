with

question_groups as (
    select * from {{ ref('int_survey__question_groups') }}
),

final as (
    select
        wave as period,
        question_id,
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
    from question_groups
)

select * from final
