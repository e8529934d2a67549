{#-
    Estimates from a stratified sample without replacement. First the sums over strata: in each, n
    answered the survey, each stands for `weight`, and `fraction` of the stratum is in the sample; of
    them `answered` belong to what is estimated, with the sum `total` and the sum of squares `squares`
    of what they answered. Then arithmetic on the sums. Documented in _macros.yml.
-#}

{#- Weights have 9 places (int_survey__strata), and so has what they are multiplied by a count. -#}
{% macro weighted_total(total, weight='weight') -%}
    {{ exact_sum(weight ~ ' * ' ~ total, places=9) }}
{%- endmacro %}


{% macro spread_about_strata(
    total, other_total, products,
    n='n_respondents', weight='weight', fraction='sampling_fraction'
) -%}
    {{ exact_sum(
        weight ~ ' * ' ~ weight ~ ' * (1 - ' ~ fraction ~ ') * ' ~ n ~ ' / nullif(' ~ n ~ ' - 1, 0)'
        ~ ' * (' ~ products ~ ' - cast(' ~ total ~ ' as double) * ' ~ other_total ~ ' / ' ~ n ~ ')'
    ) }}
{%- endmacro %}


{% macro linearised_variance(mean, spread, shared_spread, answered_spread, weighted_answered) -%}
    greatest(0e0, (
        {{ spread }} - 2 * ({{ mean }}) * {{ shared_spread }}
        + ({{ mean }}) * ({{ mean }}) * {{ answered_spread }}
    )) / nullif({{ weighted_answered }} * {{ weighted_answered }}, 0)
{%- endmacro %}


{% macro design_effect(n, weighted_n, weighted_squares) -%}
    {{ n }} * {{ weighted_squares }} / nullif({{ weighted_n }} * {{ weighted_n }}, 0)
{%- endmacro %}


{#- headcount is empty where nothing is known of it; n is then all there is to go by. Empty where
    everybody has answered: then nothing is left to chance. A headcount that is too low says nothing of
    how exact a figure is; its strata have a variance all the same. -#}
{% macro effective_n(share, variance, n, headcount) -%}
    {%- set most = n ~ ' / (1 - ' ~ n ~ ' / ' ~ headcount ~ ')' -%}
    case
        when {{ headcount }} is null then cast({{ n }} as double)
        when {{ n }} < {{ headcount }}
            then least({{ most }}, coalesce(
                {{ share }} * (1 - {{ share }}) / nullif({{ variance }}, 0), {{ most }}
            ))
        when {{ variance }} > 0 then {{ share }} * (1 - {{ share }}) / {{ variance }}
    end
{%- endmacro %}


{% macro interval_of_share(share, effective_n, lower, upper) -%}
    {%- set part = '(' ~ share ~ ' * ' ~ effective_n ~ ')' -%}
    case
        when {{ effective_n }} > 0
            then greatest(0e0, least({{ share }}, {{ wilson_bound(part, effective_n, '-') }}))
        else {{ share }}
    end as {{ lower }},
    case
        when {{ effective_n }} > 0
            then least(1e0, greatest({{ share }}, {{ wilson_bound(part, effective_n, '+') }}))
        else {{ share }}
    end as {{ upper }}
{%- endmacro %}


{#- What a survey question is summed and estimated by: the sum, and the sum of squares, of what each
    respondent counts with. -#}
{% macro survey_totals() -%}
    {{ return({
        'share_negative': ('n_negative', 'n_negative'),
        'share_neutral': ('n_neutral', 'n_neutral'),
        'share_positive': ('n_positive', 'n_positive'),
        'strength': ('(n_positive + n_negative)', '(n_positive + n_negative)'),
        'balance': ('(n_positive - n_negative)', '(n_positive + n_negative)'),
        'mean': ('score', 'score_squared'),
    }) }}
{%- endmacro %}


{#- The columns of sums that add up over nodes and roles. -#}
{% macro survey_sums() -%}
    {%- set columns = [
        'n_missing', 'n_negative', 'n_neutral', 'n_positive', 'n_answered', 'score',
        'weighted_answered', 'weighted_squares', 'answered_spread',
    ] -%}
    {%- for measure in survey_totals() -%}
        {%- for part in ['_total', '_spread', '_shared_spread'] -%}
            {%- do columns.append(measure ~ part) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
