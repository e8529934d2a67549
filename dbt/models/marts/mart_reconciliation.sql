with

reconciled as (
    select * from {{ ref('reconciliation') }}
),

figures as (
    select * from {{ ref('int_published__figures') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

respondents as (
    select * from {{ ref('int_survey__respondents') }}
),

-- what was published is not set against itself: it has no unweighted value of ours
measures as (
    select * from {{ ref('int_survey__measures') }}
    where value_unweighted is not null
),

evidence as (
    select * from {{ ref('int_evidence__figures') }}
),

batteries as (
    select distinct
        wave,
        question_id,
        battery_id
    from {{ ref('int_survey__question_groups') }}
),

-- for each figure, what we have of the same: one measure, or every item of a battery
counted_respondents as (
    select
        reconciled.figure_id,
        respondents.n_respondents as our_value,
        null as our_value_high,
        respondents.n_respondents as n
    from reconciled
    inner join respondents
        on
            reconciled.wave = respondents.wave
            and reconciled.node_id = respondents.node_id
            and reconciled.role_id = respondents.role_id
    where reconciled.statistic = 'respondents'
),

measured_items as (
    select
        reconciled.figure_id,
        reconciled.statistic,
        measures.question_id,
        -- what was published was not weighted
        measures.value_unweighted as value,
        measures.n
    from reconciled
    inner join batteries
        on
            reconciled.wave = batteries.wave
            and (
                reconciled.question_id = batteries.question_id
                or (
                    reconciled.question_id is null
                    and reconciled.battery_id = batteries.battery_id
                )
            )
    inner join measures
        on
            batteries.wave = measures.wave
            and batteries.question_id = measures.question_id
            and reconciled.node_id = measures.node_id
            and reconciled.role_id = measures.role_id
            and case reconciled.statistic
                when 'share_range' then 'share'
                when 'items' then 'rank_strength'
                else reconciled.statistic
            end = measures.measure
            and coalesce(reconciled.answer_class, 'all') = measures.category_id
),

summed_items as (
    select
        figure_id,
        case statistic
            when 'items' then cast(count(*) as double)
            else min(value)
        end as our_value,
        case statistic when 'share_range' then max(value) end as our_value_high,
        min(n) as n
    from measured_items
    group by
        figure_id,
        statistic
),

figures_of_evidence as (
    select
        reconciled.figure_id,
        evidence.value as our_value,
        null as our_value_high,
        evidence.n
    from reconciled
    inner join evidence
        on
            reconciled.indicator_id = evidence.indicator_id
            and reconciled.item_id = evidence.item_id
            and reconciled.category_id = evidence.category_id
            and reconciled.node_id = evidence.node_id
            and reconciled.wave = evidence.period
    where reconciled.statistic = 'figure'
),

ours as (
    select * from counted_respondents
    union all
    select * from summed_items
    union all
    select * from figures_of_evidence
),

-- what was delivered that should hold the figure: the wave, or the indicator's evidence of the year
sources as (
    select
        reconciled.figure_id,
        waves.is_demonstration,
        waves.source_file,
        waves.source_sha256
    from reconciled
    inner join waves
        on reconciled.wave = waves.wave
    where reconciled.statistic <> 'figure'
    union all
    select
        reconciled.figure_id,
        max(case when evidence.is_demonstration then 1 else 0 end) = 1 as is_demonstration,
        min(evidence.source_file) as source_file,
        min(evidence.source_sha256) as source_sha256
    from reconciled
    inner join evidence
        on
            reconciled.indicator_id = evidence.indicator_id
            and reconciled.wave = evidence.period
    where reconciled.statistic = 'figure'
    group by reconciled.figure_id
),

side_by_side as (
    select
        reconciled.figure_id,
        figures.goal_id,
        figures.topic_nb,
        figures.topic_en,
        figures.population_nb,
        figures.population_en,
        figures.measure_nb,
        figures.measure_en,
        reconciled.statistic,
        reconciled.question_id,
        reconciled.battery_id,
        reconciled.answer_class,
        reconciled.indicator_id,
        reconciled.item_id,
        reconciled.category_id,
        reconciled.wave as period,
        reconciled.node_id,
        reconciled.role_id,
        figures.unit,
        figures.comparator,
        figures.value as published_value,
        figures.value_high as published_value_high,
        ours.our_value,
        ours.our_value_high,
        case when figures.unit = 'percent' then 100 else 1 end as units_in_one,
        ours.n,
        reconciled.note_nb,
        reconciled.note_en,
        figures.source_id,
        figures.source_title,
        figures.section,
        sources.figure_id is not null as is_delivered,
        coalesce(sources.is_demonstration, false) as is_demonstration,
        sources.source_file,
        sources.source_sha256
    from reconciled
    inner join figures
        on reconciled.figure_id = figures.figure_id
    left join ours
        on reconciled.figure_id = ours.figure_id
    left join sources
        on reconciled.figure_id = sources.figure_id
),

-- nothing can be said of what was not delivered; of what was, every figure must be there
compared as (
    select
        *,
        case
            when is_delivered
                then coalesce({{ agrees_with_published(
                    'our_value * units_in_one',
                    'our_value_high * units_in_one',
                    'published_value',
                    'published_value_high',
                    'comparator'
                ) }}, false)
        end as agrees
    from side_by_side
),

final as (
    select
        figure_id,
        goal_id,
        topic_nb,
        topic_en,
        population_nb,
        population_en,
        measure_nb,
        measure_en,
        statistic,
        question_id,
        battery_id,
        answer_class,
        indicator_id,
        item_id,
        category_id,
        period,
        node_id,
        role_id,
        unit,
        comparator,
        published_value,
        published_value_high,
        our_value,
        our_value_high,
        n,
        agrees,
        case when is_delivered then 'shown' else 'no_evidence' end as status,
        note_nb,
        note_en,
        source_id,
        source_title,
        section,
        is_demonstration,
        source_file,
        source_sha256
    from compared
)

select * from final
