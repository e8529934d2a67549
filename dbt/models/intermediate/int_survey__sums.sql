with

stratum_counts as (
    select * from {{ ref('int_survey__stratum_counts') }}
),

strata as (
    select * from {{ ref('int_survey__strata') }}
),

top_scores as (
    select distinct
        wave,
        question_id,
        top_score
    from {{ ref('int_survey__answer_scores') }}
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
                stratum_counts.node_wave,
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
        node_wave,
        question_id,
        node_id,
        role_id,
        is_weighted,
        min(case when n_answered > 0 then n_respondents end) as n_smallest_stratum,
        {% for class in ['missing', 'negative', 'neutral', 'positive', 'answered'] %}
            cast(sum(n_{{ class }}) as {{ dbt.type_int() }}) as n_{{ class }},
        {% endfor %}
        cast(sum(score) as {{ dbt.type_bigint() }}) as score,
        {% for measure, (total, squares) in survey_totals().items() %}
            {{ weighted_total(total) }} as {{ measure }}_total,
            {{ spread_about_strata(total, total, squares) }} as {{ measure }}_spread,
            {{ spread_about_strata(total, 'n_answered', total) }} as {{ measure }}_shared_spread,
        {% endfor %}
        {{ spread_about_strata('n_answered', 'n_answered', 'n_answered') }} as answered_spread,
        {{ weighted_total('n_answered') }} as weighted_answered,
        {{ exact_sum('weight * weight * n_answered') }} as weighted_squares
    from weighted
    group by
        wave,
        node_wave,
        question_id,
        node_id,
        role_id,
        is_weighted
),

final as (
    select
        summed.*,
        top_scores.top_score
    from summed
    inner join top_scores
        on
            summed.wave = top_scores.wave
            and summed.question_id = top_scores.question_id
)

select * from final
