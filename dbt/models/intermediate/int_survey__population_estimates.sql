{#- shares: estimated by Wilson's interval. to_scale: what a measure is multiplied by. -#}
{% set shares = ['share_negative', 'share_neutral', 'share_positive', 'strength'] %}
{% set to_scale = {'mean': '100e0 / nullif(top_score, 0) * '} %}

with

sums as (
    select * from {{ ref('int_survey__population_sums') }}
),

with_means as (
    select
        *,
        cast(n_answered + n_missing as {{ dbt.type_int() }}) as n_asked,
        case when is_weighted then weighted_answered end as headcount_answered,
        {% for measure, (total, _) in survey_totals().items() %}
            {{ measure }}_total / nullif(weighted_answered, 0) as {{ measure }}_unscaled,
            {% set scaled = to_scale.get(measure, '') %}
            {{ scaled }}{{ share(total, 'n_answered') }} as {{ measure }}_unweighted,
        {% endfor %}
        {{ design_effect('n_answered', 'weighted_answered', 'weighted_squares') }}
            as design_effect
    from sums
),

-- least mends the last digit, so that the top of the scale is 100
with_variances as (
    select
        *,
        {% for measure in survey_totals() if measure != 'mean' %}
            {{ measure }}_unscaled as {{ measure }},
        {% endfor %}
        least(100e0, {{ to_scale['mean'] }}mean_unscaled) as mean,
        {% for measure in survey_totals() %}
            case when n_smallest_stratum > 1 then {{ linearised_variance(
                measure ~ '_unscaled', measure ~ '_spread', measure ~ '_shared_spread',
                'answered_spread', 'weighted_answered'
            ) }} end as {{ measure }}_variance{% if not loop.last %},{% endif %}
        {% endfor %}
    from with_means
),

with_errors as (
    select
        *,
        {% for measure in survey_totals() %}
            {{ to_scale.get(measure, '') }}sqrt({{ measure }}_variance) as {{ measure }}_error,
        {% endfor %}
        {% for measure in shares %}
            {{ effective_n(measure, measure ~ '_variance', 'n_answered', 'headcount_answered') }}
                as {{ measure }}_n_effective{% if not loop.last %},{% endif %}
        {% endfor %}
    from with_variances
),

with_intervals as (
    select
        *,
        {% for measure in shares %}
            {{ interval_of_share(
                measure, measure ~ '_n_effective', measure ~ '_lower', measure ~ '_upper'
            ) }},
        {% endfor %}
        greatest(0e0, mean - {{ var('interval_z') }}e0 * mean_error) as mean_lower,
        least(100e0, mean + {{ var('interval_z') }}e0 * mean_error) as mean_upper
    from with_errors
),

final as (
    select
        *,
        {{ newcombe_interval(
            'share_positive', 'share_positive_lower', 'share_positive_upper',
            'share_negative', 'share_negative_lower', 'share_negative_upper',
            'balance_lower', 'balance_upper',
            correlation=multinomial_correlation('share_positive', 'share_negative'),
            difference='balance'
        ) }},
        share_positive_n_effective as balance_n_effective,
        share_positive_n_effective as mean_n_effective
    from with_intervals
)

select * from final
