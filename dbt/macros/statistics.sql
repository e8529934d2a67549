{#-
    Statistics on counts. Each takes integer counts, or what was made from them on the same row, so
    that the same input gives the same digits each time. Documented in _macros.yml.
-#}

{% macro share(part, whole) -%}
    cast({{ part }} as double) / nullif({{ whole }}, 0)
{%- endmacro %}


{#- A plain sum of doubles differs in its last digits with the order the rows come in. -#}
{% macro exact_sum(expression, places=15) -%}
    sum(cast({{ expression }} as decimal(38, {{ places }})))
{%- endmacro %}


{#- least and greatest mend the last digit, so that 0 of n starts at 0 and n of n ends at 1. -#}
{% macro wilson_interval(part, whole, lower, upper) -%}
    case
        when {{ whole }} > 0
            then greatest(0e0, least(
                {{ share(part, whole) }}, {{ wilson_bound(part, whole, '-') }}
            ))
    end as {{ lower }},
    case
        when {{ whole }} > 0
            then least(1e0, greatest(
                {{ share(part, whole) }}, {{ wilson_bound(part, whole, '+') }}
            ))
    end as {{ upper }}
{%- endmacro %}


{% macro wilson_bound(part, whole, sign) -%}
    {%- set z = var('interval_z') | float -%}
    {%- set z_squared = (z * z) ~ 'e0' -%}
    (
        {{ part }} + {{ z_squared }} / 2 {{ sign }} {{ z }}e0 * sqrt(
            cast({{ part }} as double) * ({{ whole }} - {{ part }}) / {{ whole }}
            + {{ z_squared }} / 4
        )
    ) / ({{ whole }} + {{ z_squared }})
{%- endmacro %}


{% macro newcombe_interval(
    share, share_lower, share_upper,
    compared, compared_lower, compared_upper,
    lower, upper, correlation='0', difference=none
) -%}
    {%- set difference = difference or share ~ ' - ' ~ compared -%}
    {{ difference }} - {{ root_of_squares(
        share ~ ' - ' ~ share_lower, compared_upper ~ ' - ' ~ compared, correlation
    ) }} as {{ lower }},
    {{ difference }} + {{ root_of_squares(
        share_upper ~ ' - ' ~ share, compared ~ ' - ' ~ compared_lower, correlation
    ) }} as {{ upper }}
{%- endmacro %}


{% macro root_of_squares(a, b, correlation) -%}
    sqrt(
        ({{ a }}) * ({{ a }}) + ({{ b }}) * ({{ b }})
        - 2 * {{ correlation }} * ({{ a }}) * ({{ b }})
    )
{%- endmacro %}


{% macro multinomial_correlation(share, compared) -%}
    coalesce(
        -sqrt({{ share }} * {{ compared }} / nullif((1 - {{ share }}) * (1 - {{ compared }}), 0)), 0
    )
{%- endmacro %}


{#- 1 is the highest; ties share a rank; items that nobody answered have none and take none. -#}
{% macro rank_in_battery(value) -%}
    case
        when battery_id is not null and n_answered > 0
            then rank() over (
                partition by
                    wave, battery_id, node_id, role_id, case when n_answered > 0 then 1 else 0 end
                order by {{ value }} desc
            )
    end
{%- endmacro %}


{#- The mean of answers lowest to highest, converted so that these are 0 and 100. -#}
{% macro mean_score(total, n, lowest, highest) -%}
    100e0 * (cast({{ total }} as double) / nullif({{ n }}, 0) - {{ lowest }})
    / ({{ highest }} - {{ lowest }})
{%- endmacro %}


{#- Of one answer there is no spread, and so no interval. -#}
{% macro mean_score_interval(total, squares, n, lowest, highest, lower, upper) -%}
    case
        when {{ n }} > 1
            then greatest(0e0, {{ mean_score(total, n, lowest, highest) }} - {{ half_width_of_mean(
                total, squares, n, lowest, highest
            ) }})
    end as {{ lower }},
    case
        when {{ n }} > 1
            then least(100e0, {{ mean_score(total, n, lowest, highest) }} + {{ half_width_of_mean(
                total, squares, n, lowest, highest
            ) }})
    end as {{ upper }}
{%- endmacro %}


{#- greatest keeps the root from a spread of nothing that came out a trifle below it. -#}
{% macro half_width_of_mean(total, squares, n, lowest, highest) -%}
    {{ var('interval_z') }}e0 * 100 / ({{ highest }} - {{ lowest }}) * sqrt(
        greatest(0e0, {{ squares }} - cast({{ total }} as double) * {{ total }} / {{ n }})
        / ({{ n }} - 1) / {{ n }}
    )
{%- endmacro %}
