with

answer_counts as (
    select * from {{ ref('int_user_survey__answer_counts') }}
    -- no answer, and "don't know", are in no figure
    where answer is not null
),

scales as (
    select * from {{ ref('user_scales') }}
),

summed as (
    select
        answer_counts.period,
        answer_counts.question_id,
        answer_counts.situation,
        answer_counts.scale_id,
        answer_counts.breakdown,
        answer_counts.code,
        answer_counts.node_id,
        scales.lowest,
        scales.highest,
        sum(answer_counts.n) as n,
        sum(case when answer_counts.answer >= scales.positive_from then answer_counts.n else 0 end)
            as n_positive,
        sum(answer_counts.n * answer_counts.answer) as total,
        sum(answer_counts.n * answer_counts.answer * answer_counts.answer) as squares,
        max(case when answer_counts.is_demonstration then 1 else 0 end) as is_demonstration,
        min(answer_counts.source_file) as source_file,
        min(answer_counts.source_sha256) as source_sha256
    from answer_counts
    inner join scales
        on answer_counts.scale_id = scales.scale_id
    group by
        answer_counts.period,
        answer_counts.question_id,
        answer_counts.situation,
        answer_counts.scale_id,
        answer_counts.breakdown,
        answer_counts.code,
        answer_counts.node_id,
        scales.lowest,
        scales.highest
),

final as (
    select
        period,
        question_id,
        situation,
        scale_id,
        breakdown,
        code,
        node_id,
        cast(n as {{ dbt.type_int() }}) as n,
        cast(n_positive as {{ dbt.type_int() }}) as n_positive,
        {{ share('n_positive', 'n') }} as share_positive,
        {{ wilson_interval(
            'n_positive', 'n', 'share_positive_lower', 'share_positive_upper'
        ) }},
        {{ mean_score('total', 'n', 'lowest', 'highest') }} as score,
        {{ mean_score_interval(
            'total', 'squares', 'n', 'lowest', 'highest', 'score_lower', 'score_upper'
        ) }},
        is_demonstration = 1 as is_demonstration,
        source_file,
        source_sha256
    from summed
)

select * from final
