with

indicators as (
    select * from {{ ref('indicators') }}
),

question_indicators as (
    select * from {{ ref('stg_codebook__question_indicators') }}
),

questions as (
    select
        wave,
        question_id,
        min(wave_form) as wave_form,
        min(question_order) as question_order,
        min(label_nb) as label_nb,
        min(label_en) as label_en
    from {{ ref('int_survey__question_groups') }}
    group by
        wave,
        question_id
),

final as (
    select
        indicators.goal_id,
        indicators.indicator_id,
        indicators.measure as indicator_measure,
        indicators.answer_class,
        indicators.unit,
        indicators.role_id,
        indicators.compared_role_id,
        questions.wave,
        questions.question_id,
        questions.question_order,
        questions.label_nb,
        questions.label_en
    from question_indicators
    inner join indicators
        on question_indicators.indicator_id = indicators.indicator_id
    inner join questions
        on
            question_indicators.wave = questions.wave
            and question_indicators.question_id = questions.question_id
    -- a published share tells of one class of answers, and of no whole scale or battery
    where
        coalesce(questions.wave_form, 'answers') = 'answers'
        or indicators.measure in ('share', 'gap')
)

select * from final
