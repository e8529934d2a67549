{#-
    Estimates from a stratified sample without replacement, from sums by stratum. In each stratum n
    answered the survey, each stands for `weight`, and `fraction` of the stratum is in the sample; of
    them `answered` belong to what is estimated, with the sum `total` and the sum of squares
    `squares` of what they answered. Documented in _macros.yml.
-#}

{% macro weighted_mean(total, answered, weight='weight') -%}
    {{ exact_sum(weight ~ ' * ' ~ total) }}
    / nullif({{ exact_sum(weight ~ ' * ' ~ answered) }}, 0)
{%- endmacro %}


{% macro linearised_variance(
    total, squares, answered, n='n_respondents', weight='weight', fraction='sampling_fraction'
) -%}
    {%- set mean = weighted_mean(total, answered, weight) -%}
    {%- set whole = exact_sum(weight ~ ' * ' ~ answered) -%}
    {%- set spread = weight ~ ' * ' ~ weight ~ ' * (1 - ' ~ fraction ~ ') * ' ~ n
        ~ ' / nullif(' ~ n ~ ' - 1, 0)' -%}
    {%- set of_total = exact_sum(
        spread ~ ' * (' ~ squares ~ ' - cast(' ~ total ~ ' as double) * ' ~ total ~ ' / ' ~ n ~ ')'
    ) -%}
    {%- set of_both = exact_sum(
        spread ~ ' * (' ~ total ~ ' - cast(' ~ total ~ ' as double) * ' ~ answered ~ ' / ' ~ n ~ ')'
    ) -%}
    {%- set of_answered = exact_sum(
        spread ~ ' * (' ~ answered ~ ' - cast(' ~ answered ~ ' as double) * ' ~ answered
        ~ ' / ' ~ n ~ ')'
    ) -%}
    case
        when min({{ n }}) > 1
            then greatest(0e0, (
                {{ of_total }}
                - 2 * ({{ mean }}) * {{ of_both }}
                + ({{ mean }}) * ({{ mean }}) * {{ of_answered }}
            )) / ({{ whole }} * {{ whole }})
    end
{%- endmacro %}


{% macro design_effect(answered, weight='weight') -%}
    {%- set whole = exact_sum(weight ~ ' * ' ~ answered) -%}
    sum({{ answered }}) * {{ exact_sum(weight ~ ' * ' ~ weight ~ ' * ' ~ answered) }}
    / nullif({{ whole }} * {{ whole }}, 0)
{%- endmacro %}


{#- headcount is empty where nothing is known of it; n is then all there is to go by. Empty where
    everybody has answered: then nothing is left to chance. -#}
{% macro effective_n(share, variance, n, headcount) -%}
    {%- set most = n ~ ' / (1 - ' ~ n ~ ' / ' ~ headcount ~ ')' -%}
    case
        when {{ headcount }} is null then cast({{ n }} as double)
        when {{ n }} < {{ headcount }}
            then least({{ most }}, coalesce(
                {{ share }} * (1 - {{ share }}) / nullif({{ variance }}, 0), {{ most }}
            ))
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
