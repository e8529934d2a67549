{#- First over each stratum that was drawn from, with the weighted counts in it, then over them all.
    Only raked strata have more weights than one in what was drawn from.

    Weights tell the strata apart that a figure is made of. So a figure is weighted only where that
    may say nothing of a few people, which the disclosure control then sees to: not in a unit, whose
    roles are a handful each, nor below the root of few strata, nor where only some of the strata
    beneath are too small to be shown. Everything is summed unweighted as well, since what is left
    of a weighted whole without an unweighted part is unweighted. -#}
{% set cell = 'partition by wave, node_wave, question_id, node_id, role_id' %}

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
        strata.drawn_from_id,
        strata.n_drawn,
        strata.weight as stratum_weight,
        strata.sampling_fraction as stratum_fraction,
        strata.has_headcount,
        case
            when stratum_counts.n_answered + stratum_counts.n_missing < {{ var('shown_from') }}
                then 1
            else 0
        end as is_small
    from stratum_counts
    inner join strata
        on
            stratum_counts.wave = strata.wave
            and stratum_counts.stratum_id = strata.stratum_id
),

-- where one headcount is missing nobody is weighted, rather than some
with_choice as (
    select
        *,
        level <> 'unit'
        and min(case when has_headcount then 1 else 0 end) over ({{ cell }}) = 1
        and (level = 'nav' or count(*) over ({{ cell }}) >= {{ var('unknown_strata') }})
        and (
            sum(is_small) over ({{ cell }}) = 0
            or sum(is_small) over ({{ cell }}) >= {{ var('unknown_strata') }}
        ) as may_be_weighted
    from with_strata
),

weighted as (
    select
        *,
        true as is_weighted,
        stratum_weight as weight,
        stratum_fraction as sampling_fraction
    from with_choice
    where may_be_weighted
    union all
    select
        *,
        false as is_weighted,
        1e0 as weight,
        0e0 as sampling_fraction
    from with_choice
),

in_what_was_drawn_from as (
    select
        wave,
        node_wave,
        question_id,
        node_id,
        role_id,
        is_weighted,
        may_be_weighted,
        drawn_from_id,
        n_drawn,
        sampling_fraction,
        {% for class in ['missing', 'negative', 'neutral', 'positive', 'answered'] %}
            sum(n_{{ class }}) as n_{{ class }},
        {% endfor %}
        sum(score) as score,
        {% for measure, (total, squares) in survey_totals().items() %}
            {{ weighted_total(total) }} as {{ measure }}_total,
            {{ exact_sum('weight * weight * ' ~ squares) }} as {{ measure }}_squares,
            {{ exact_sum('weight * weight * ' ~ total) }} as {{ measure }}_products,
        {% endfor %}
        {{ weighted_total('n_answered') }} as weighted_answered,
        {{ exact_sum('weight * weight * n_answered') }} as weighted_squares
    from weighted
    group by
        wave,
        node_wave,
        question_id,
        node_id,
        role_id,
        is_weighted,
        may_be_weighted,
        drawn_from_id,
        n_drawn,
        sampling_fraction
),

summed as (
    select
        wave,
        node_wave,
        question_id,
        node_id,
        role_id,
        is_weighted,
        may_be_weighted,
        min(case when n_answered > 0 then n_drawn end) as n_smallest_stratum,
        {% for class in ['missing', 'negative', 'neutral', 'positive', 'answered'] %}
            cast(sum(n_{{ class }}) as {{ dbt.type_int() }}) as n_{{ class }},
        {% endfor %}
        cast(sum(score) as {{ dbt.type_bigint() }}) as score,
        {% set counted = {'n': 'n_drawn', 'weight': '1e0'} %}
        {% for measure in survey_totals() %}
            sum({{ measure }}_total) as {{ measure }}_total,
            {{ spread_about_strata(
                measure ~ '_total', measure ~ '_total', measure ~ '_squares', **counted
            ) }} as {{ measure }}_spread,
            {{ spread_about_strata(
                measure ~ '_total', 'weighted_answered', measure ~ '_products', **counted
            ) }} as {{ measure }}_shared_spread,
        {% endfor %}
        {{ spread_about_strata(
            'weighted_answered', 'weighted_answered', 'weighted_squares', **counted
        ) }} as answered_spread,
        sum(weighted_answered) as weighted_answered,
        sum(weighted_squares) as weighted_squares
    from in_what_was_drawn_from
    group by
        wave,
        node_wave,
        question_id,
        node_id,
        role_id,
        is_weighted,
        may_be_weighted
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
