{#- measure → what each respondent counts with: the sum, and the sum of squares, in a stratum -#}
{% set totals = {
    'share_negative': ('n_negative', 'n_negative'),
    'share_neutral': ('n_neutral', 'n_neutral'),
    'share_positive': ('n_positive', 'n_positive'),
    'strength': ('(n_positive + n_negative)', '(n_positive + n_negative)'),
    'balance': ('(n_positive - n_negative)', '(n_positive + n_negative)'),
} %}
{% set shares = ['share_negative', 'share_neutral', 'share_positive', 'strength'] %}

with

stratum_counts as (
    select * from {{ ref('int_survey__stratum_counts') }}
),

strata as (
    select * from {{ ref('int_survey__strata') }}
),

questions as (
    select distinct
        wave,
        question_id,
        battery_id
    from {{ ref('int_survey__question_groups') }}
),

with_strata as (
    select
        stratum_counts.*,
        strata.n_respondents,
        strata.weight as stratum_weight,
        strata.sampling_fraction as stratum_fraction,
        min(case when strata.has_headcount then 1 else 0 end) over (
            partition by
                stratum_counts.wave,
                stratum_counts.question_id,
                stratum_counts.node_id,
                stratum_counts.role_id
        ) = 1 as is_weighted
    from stratum_counts
    inner join strata
        on
            stratum_counts.wave = strata.wave
            and stratum_counts.stratum_id = strata.stratum_id
),

-- where one headcount is missing nobody is weighted, rather than some
weighted as (
    select
        *,
        case when is_weighted then stratum_weight else 1e0 end as weight,
        case when is_weighted then stratum_fraction else 0e0 end as sampling_fraction
    from with_strata
),

summed as (
    select
        wave,
        question_id,
        node_id,
        role_id,
        is_weighted,
        {% for class in ['missing', 'negative', 'neutral', 'positive'] %}
            cast(sum(n_{{ class }}) as {{ dbt.type_int() }}) as n_{{ class }},
        {% endfor %}
        cast(sum(n_answered) as {{ dbt.type_int() }}) as n_answered,
        cast(sum(n_answered + n_missing) as {{ dbt.type_int() }}) as n_asked,
        {% for measure, (total, squares) in totals.items() %}
            {{ weighted_mean(total, 'n_answered') }} as {{ measure }},
            {{ share('sum(' ~ total ~ ')', 'sum(n_answered)') }} as {{ measure }}_unweighted,
            {{ linearised_variance(total, squares, 'n_answered') }} as {{ measure }}_variance,
        {% endfor %}
        {{ design_effect('n_answered') }} as design_effect,
        case when is_weighted then {{ exact_sum('weight * n_answered') }} end as headcount_answered
    from weighted
    group by
        wave,
        question_id,
        node_id,
        role_id,
        is_weighted
),

with_errors as (
    select
        summed.*,
        questions.battery_id,
        {% for measure in totals %}
            sqrt({{ measure }}_variance) as {{ measure }}_error,
        {% endfor %}
        {% for measure in shares %}
            {{ effective_n(measure, measure ~ '_variance', 'n_answered', 'headcount_answered') }}
                as {{ measure }}_n_effective{% if not loop.last %},{% endif %}
        {% endfor %}
    from summed
    inner join questions
        on
            summed.wave = questions.wave
            and summed.question_id = questions.question_id
),

with_intervals as (
    select
        *,
        {% for measure in shares %}
            {{ interval_of_share(
                measure, measure ~ '_n_effective', measure ~ '_lower', measure ~ '_upper'
            ) }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from with_errors
),

final as (
    select
        *,
        {{ newcombe_interval(
            'share_positive', 'share_positive_lower', 'share_positive_upper',
            'share_negative', 'share_negative_lower', 'share_negative_upper',
            'balance_lower', 'balance_upper',
            correlation=multinomial_correlation('share_positive', 'share_negative')
        ) }},
        share_positive_n_effective as balance_n_effective,
        {{ rank_in_battery('strength') }} as rank_strength,
        {{ rank_in_battery('share_positive') }} as rank_positive,
        {{ rank_in_battery('strength_unweighted') }} as rank_strength_unweighted,
        {{ rank_in_battery('share_positive_unweighted') }} as rank_positive_unweighted
    from with_intervals
)

select * from final
