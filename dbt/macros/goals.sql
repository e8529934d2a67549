{#-
    A goal's mart: the survey's part, which is the questions that its indicators name, each with the
    measures that the indicator asks for (of a battery all of them); and what other evidence says.
-#}
{% macro figures_of_goal(goal_id) %}

with

indicators as (
    select * from {{ ref('indicators') }}
    where goal_id = {{ goal_id }}
),

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

evidence as (
    select * from {{ ref('int_evidence__figures') }}
),

survey_figures as (
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
        measures.value_unweighted,
        measures.standard_error,
        measures.lower,
        measures.upper,
        measures.n,
        measures.n_effective,
        measures.design_effect,
        measures.is_weighted,
        null as base,
        case waves.wave_form when 'published' then 'published' else 'shown' end as status,
        waves.is_demonstration,
        waves.source_file,
        waves.source_sha256
    from indicator_questions
    inner join measures
        on
            indicator_questions.wave = measures.wave
            and indicator_questions.question_id = measures.question_id
            and (
                measures.measure in ('share', 'mean', indicator_questions.indicator_measure)
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
),

other_figures as (
    select
        indicators.goal_id,
        evidence.indicator_id,
        evidence.item_id,
        evidence.item_label_nb,
        evidence.item_label_en,
        evidence.item_order,
        evidence.period,
        evidence.node_id,
        null as role_id,
        evidence.measure,
        evidence.category_id,
        evidence.category_kind,
        evidence.category_label_nb,
        evidence.category_label_en,
        evidence.category_class,
        evidence.category_order,
        evidence.value,
        null as value_unweighted,
        null as standard_error,
        evidence.lower,
        evidence.upper,
        evidence.n,
        null as n_effective,
        null as design_effect,
        null as is_weighted,
        evidence.base,
        evidence.status,
        evidence.is_demonstration,
        evidence.source_file,
        evidence.source_sha256
    from indicators
    inner join evidence
        on indicators.indicator_id = evidence.indicator_id
),

final as (
    select * from survey_figures
    union all
    select * from other_figures
)

select * from final
{% endmacro %}


{#- The columns of a figure of other evidence than the survey, with their types, in their order. -#}
{% macro evidence_columns() %}
    {{ return([
        ('indicator_id', dbt.type_string()),
        ('item_id', dbt.type_string()),
        ('item_label_nb', dbt.type_string()),
        ('item_label_en', dbt.type_string()),
        ('item_order', dbt.type_int()),
        ('period', dbt.type_string()),
        ('node_id', dbt.type_string()),
        ('measure', dbt.type_string()),
        ('category_id', dbt.type_string()),
        ('category_kind', dbt.type_string()),
        ('category_label_nb', dbt.type_string()),
        ('category_label_en', dbt.type_string()),
        ('category_class', dbt.type_string()),
        ('category_order', dbt.type_int()),
        ('value', 'double'),
        ('lower', 'double'),
        ('upper', 'double'),
        ('n', dbt.type_int()),
        ('base', dbt.type_int()),
        ('status', dbt.type_string()),
        ('is_demonstration', 'boolean'),
        ('source_file', dbt.type_string()),
        ('source_sha256', dbt.type_string()),
        ('source_ref', dbt.type_string()),
    ]) }}
{% endmacro %}
