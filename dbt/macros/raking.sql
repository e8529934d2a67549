{#-
    Raking as common table expressions: the column `fitted` of `cells` (one row per wave and cell) is
    multiplied until it sums to each margin in turn, `rounds` times. Documented in _macros.yml.
-#}
{% macro raked(cells, margins, columns, rounds) -%}
    {%- set before = namespace(name=cells) -%}
    {%- for round in range(rounds | int) -%}
        {%- for key, target in margins.items() -%}
            {%- set name = 'fitted_' ~ (round + 1) ~ '_' ~ key %}
            {{ name }} as (
                select
                    {{ columns | join(', ') }},
                    fitted * {{ target }} / nullif({{ sum_in_margin(key) }}, 0) as fitted
                from {{ before.name }}
            ),
            {%- set before.name = name -%}
        {%- endfor -%}
    {%- endfor %}
    {%- set misses = [] -%}
    {%- for key, target in margins.items() -%}
        {%- do misses.append('abs(' ~ sum_in_margin(key) ~ ' / ' ~ target ~ ' - 1)') -%}
    {%- endfor %}
    raked as (
        select
            {{ columns | join(', ') }},
            fitted,
            greatest({{ misses | join(', ') }}) as miss
        from {{ before.name }}
    )
{%- endmacro %}


{% macro sum_in_margin(key) -%}
    cast({{ exact_sum('fitted') }} over (partition by wave, {{ key }}) as double)
{%- endmacro %}
