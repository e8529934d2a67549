{% set intervals = ['balance', 'strength', 'mean'] %}
{% set ranks = ['rank_strength', 'rank_positive'] %}

with

levels as (
    select distinct
        wave,
        node_id,
        level
    from {{ ref('int_survey__unit_nodes') }}
),

estimates as (
    select
        estimates.*,
        levels.level = 'nav' as has_single_answers,
        levels.level in ('nav', 'line')
        or (levels.level = 'result_area' and estimates.role_id = 'all') as is_ranked
    from {{ ref('int_survey__estimates') }} as estimates
    inner join levels
        on
            estimates.wave = levels.wave
            and estimates.node_id = levels.node_id
    -- a share of nothing is no figure
    where estimates.n_answered > 0
),

rank_intervals as (
    select * from {{ ref('int_survey__rank_intervals') }}
),

published_shares as (
    select * from {{ ref('int_survey__published_shares') }}
),

categories as (
    select * from {{ ref('int_survey__categories') }}
),

node_counts as (
    select * from {{ ref('int_survey__node_counts') }}
),

answer_counts as (
    select
        estimates.wave,
        estimates.question_id,
        estimates.node_id,
        estimates.role_id,
        categories.category_id,
        coalesce(node_counts.n, 0) as n_answer,
        case
            when estimates.is_weighted
                then coalesce(node_counts.weighted_n, 0) / estimates.headcount_answered
            else {{ share('coalesce(node_counts.n, 0)', 'estimates.n_answered') }}
        end as value,
        estimates.n_answered,
        estimates.n_answered / estimates.design_effect as n_kish,
        estimates.headcount_answered,
        estimates.design_effect,
        estimates.is_weighted
    from estimates
    inner join categories
        on
            estimates.wave = categories.wave
            and estimates.question_id = categories.question_id
            and categories.category_kind = 'answer'
            and estimates.has_single_answers
    left join node_counts
        on
            estimates.wave = node_counts.wave
            and estimates.question_id = node_counts.question_id
            and estimates.node_id = node_counts.node_id
            and estimates.role_id = node_counts.role_id
            and categories.answer_code = node_counts.answer_code
),

-- one answer of a scale: what the weights alone do to the error, since few of them are asked for it
answer_sizes as (
    select
        *,
        {{ effective_n('value', 'cast(null as double)', 'n_kish', 'headcount_answered') }}
            as n_effective
    from answer_counts
),

answer_shares as (
    select
        wave,
        question_id,
        node_id,
        role_id,
        'share' as measure,
        category_id,
        value,
        {{ share('n_answer', 'n_answered') }} as value_unweighted,
        sqrt(value * (1 - value) / n_effective) as standard_error,
        {{ interval_of_share('value', 'n_effective', 'lower', 'upper') }},
        n_answered as n,
        n_effective,
        design_effect,
        is_weighted
    from answer_sizes
),

class_shares as (
    {% for class in ['negative', 'neutral', 'positive'] %}
        select
            estimates.wave,
            estimates.question_id,
            estimates.node_id,
            estimates.role_id,
            'share' as measure,
            categories.category_id,
            estimates.share_{{ class }} as value,
            estimates.share_{{ class }}_unweighted as value_unweighted,
            estimates.share_{{ class }}_error as standard_error,
            estimates.share_{{ class }}_lower as lower,
            estimates.share_{{ class }}_upper as upper,
            estimates.n_answered as n,
            estimates.share_{{ class }}_n_effective as n_effective,
            estimates.design_effect,
            estimates.is_weighted
        from estimates
        inner join categories
            on
                estimates.wave = categories.wave
                and estimates.question_id = categories.question_id
                and categories.category_id = '{{ class }}'
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

whole_scale as (
    {% for measure in intervals %}
        select
            wave,
            question_id,
            node_id,
            role_id,
            '{{ measure }}' as measure,
            'all' as category_id,
            {{ measure }} as value,
            {{ measure }}_unweighted as value_unweighted,
            {{ measure }}_error as standard_error,
            {{ measure }}_lower as lower,
            {{ measure }}_upper as upper,
            n_answered as n,
            {{ measure }}_n_effective as n_effective,
            design_effect,
            is_weighted
        from estimates
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

ranks as (
    {% for rank in ranks %}
        select
            estimates.wave,
            estimates.question_id,
            estimates.node_id,
            estimates.role_id,
            '{{ rank }}' as measure,
            'all' as category_id,
            cast(estimates.{{ rank }} as double) as value,
            cast(estimates.{{ rank }}_unweighted as double) as value_unweighted,
            cast(null as double) as standard_error,
            cast(rank_intervals.{{ rank }}_lower as double) as lower,
            cast(rank_intervals.{{ rank }}_upper as double) as upper,
            estimates.n_answered as n,
            cast(null as double) as n_effective,
            estimates.design_effect,
            estimates.is_weighted
        from estimates
        inner join rank_intervals
            on
                estimates.wave = rank_intervals.wave
                and estimates.question_id = rank_intervals.question_id
                and estimates.node_id = rank_intervals.node_id
                and estimates.role_id = rank_intervals.role_id
        where estimates.is_ranked
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

computed as (
    select * from answer_shares
    union all
    select * from class_shares
    union all
    select * from whole_scale
    union all
    select * from ranks
),

final as (
    select
        *,
        cast(null as {{ dbt.type_string() }}) as source_ref
    from computed
    union all
    select
        wave,
        question_id,
        node_id,
        role_id,
        'share' as measure,
        answer_class as category_id,
        share as value,
        cast(null as double) as value_unweighted,
        standard_error,
        lower,
        upper,
        n,
        n_effective,
        cast(null as double) as design_effect,
        cast(null as boolean) as is_weighted,
        source_ref
    from published_shares
)

select * from final
