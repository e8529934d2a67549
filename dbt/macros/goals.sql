{#-
    The survey's part of a goal's mart: the questions that its indicators name, each with the
    measures that the indicator asks for; of a battery all of them.
-#}
{% macro survey_part_of_goal(goal_id) %}

with

indicator_questions as (
    select * from {{ ref('int_survey__indicator_questions') }}
    where goal_id = {{ goal_id }}
),

measures as (
    select * from {{ ref('int_survey__measures') }}
),

categories as (
    select * from {{ ref('int_survey__categories') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

final as (
    select
        indicator_questions.goal_id,
        indicator_questions.indicator_id,
        indicator_questions.question_id as item_id,
        indicator_questions.label_nb as item_label_nb,
        indicator_questions.label_en as item_label_en,
        indicator_questions.question_order as item_order,
        measures.wave as period,
        measures.node_id,
        measures.role_id,
        measures.measure,
        measures.category_id,
        categories.category_kind,
        categories.category_label_nb,
        categories.category_label_en,
        categories.category_class,
        categories.category_order,
        measures.value,
        measures.lower,
        measures.upper,
        measures.n,
        'shown' as status,
        waves.is_demonstration,
        waves.source_file,
        waves.source_sha256
    from indicator_questions
    inner join measures
        on
            indicator_questions.wave = measures.wave
            and indicator_questions.question_id = measures.question_id
            and (
                measures.measure in ('share', indicator_questions.indicator_measure)
                or (
                    indicator_questions.indicator_measure = 'rank'
                    and measures.measure in ('strength', 'rank_strength')
                )
                or (
                    indicator_questions.indicator_measure = 'battery'
                    and measures.measure in ('balance', 'strength', 'rank_strength')
                )
            )
    inner join categories
        on
            measures.wave = categories.wave
            and measures.question_id = categories.question_id
            and measures.category_id = categories.category_id
    inner join waves
        on measures.wave = waves.wave
)

select * from final
{% endmacro %}
