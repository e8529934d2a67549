with

indicators as (
    select * from {{ ref('indicators') }}
),

indicator_questions as (
    select * from {{ ref('int_survey__indicator_questions') }}
),

measures as (
    select * from {{ ref('int_survey__measures') }}
),

gaps as (
    select * from {{ ref('int_survey__gaps') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

other_evidence as (
    select * from {{ ref('int_evidence__figures') }}
),

-- an indicator of one question: its share, balance or rank by strength, for each role
single_figures as (
    select
        indicator_questions.indicator_id,
        measures.wave,
        measures.question_id,
        measures.node_id,
        measures.role_id,
        null as compared_role_id,
        measures.value,
        measures.value_unweighted,
        measures.standard_error,
        measures.lower,
        measures.upper,
        measures.n,
        null as n_compared,
        measures.is_weighted,
        measures.source_ref
    from indicator_questions
    inner join measures
        on
            indicator_questions.wave = measures.wave
            and indicator_questions.question_id = measures.question_id
            and case indicator_questions.indicator_measure
                when 'rank' then 'rank_strength'
                else indicator_questions.indicator_measure
            end = measures.measure
            and case indicator_questions.indicator_measure
                when 'share' then indicator_questions.answer_class
                else 'all'
            end = measures.category_id
),

survey_figures as (
    select * from single_figures
    union all
    select
        indicator_id,
        wave,
        question_id,
        node_id,
        role_id,
        compared_role_id,
        value,
        value_unweighted,
        standard_error,
        lower,
        upper,
        n,
        n_compared,
        is_weighted,
        source_ref
    from gaps
),

-- of other evidence, the figure for the whole of a place
other_figures as (
    select other_evidence.*
    from other_evidence
    inner join indicators
        on other_evidence.indicator_id = indicators.indicator_id
    where
        other_evidence.item_id = 'all'
        and other_evidence.category_id = 'all'
        and indicators.measure <> 'battery'
),

-- a battery is shown item by item in its goal's mart and has no single figure
batteries_with_evidence as (
    select distinct indicator_questions.indicator_id
    from indicator_questions
    inner join measures
        on
            indicator_questions.wave = measures.wave
            and indicator_questions.question_id = measures.question_id
    where indicator_questions.indicator_measure = 'battery'
),

with_evidence as (
    select indicator_id from survey_figures
    union
    select indicator_id from batteries_with_evidence
    union
    select indicator_id from other_evidence
),

evidence as (
    select
        survey_figures.indicator_id,
        survey_figures.wave as period,
        survey_figures.node_id,
        survey_figures.role_id,
        survey_figures.compared_role_id,
        survey_figures.value,
        survey_figures.value_unweighted,
        survey_figures.standard_error,
        survey_figures.lower,
        survey_figures.upper,
        survey_figures.n,
        survey_figures.n_compared,
        survey_figures.is_weighted,
        null as base,
        case waves.wave_form when 'published' then 'published' else 'shown' end as status,
        waves.is_demonstration,
        waves.source_file,
        waves.source_sha256,
        coalesce(survey_figures.source_ref, {{ dbt.concat([
            'waves.instrument', "' '", 'waves.wave', "', '", 'survey_figures.question_id'
        ]) }}) as source_ref
    from survey_figures
    inner join waves
        on survey_figures.wave = waves.wave
),

no_evidence as (
    select
        indicators.indicator_id,
        'none' as period,
        '{{ var("root_node") }}' as node_id,
        indicators.role_id,
        indicators.compared_role_id,
        null as value,
        null as value_unweighted,
        null as standard_error,
        null as lower,
        null as upper,
        null as n,
        null as n_compared,
        null as is_weighted,
        null as base,
        'no_evidence' as status,
        false as is_demonstration,
        null as source_file,
        null as source_sha256,
        null as source_ref
    from indicators
    left join with_evidence
        on indicators.indicator_id = with_evidence.indicator_id
    where with_evidence.indicator_id is null
),

scored as (
    select * from evidence
    union all
    select
        indicator_id,
        period,
        node_id,
        null as role_id,
        null as compared_role_id,
        value,
        null as value_unweighted,
        null as standard_error,
        lower,
        upper,
        n,
        null as n_compared,
        null as is_weighted,
        base,
        status,
        is_demonstration,
        source_file,
        source_sha256,
        source_ref
    from other_figures
    union all
    select * from no_evidence
),

final as (
    select
        indicators.goal_id,
        scored.indicator_id,
        scored.period,
        scored.node_id,
        scored.role_id,
        scored.compared_role_id,
        indicators.measure,
        indicators.unit,
        scored.value,
        scored.value_unweighted,
        scored.standard_error,
        scored.lower,
        scored.upper,
        scored.n,
        scored.n_compared,
        scored.is_weighted,
        scored.base,
        scored.status,
        scored.is_demonstration,
        scored.source_file,
        scored.source_sha256,
        scored.source_ref
    from scored
    inner join indicators
        on scored.indicator_id = indicators.indicator_id
)

select * from final
