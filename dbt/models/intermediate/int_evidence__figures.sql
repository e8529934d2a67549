{#- A domain is added by writing int_<domain>__figures and naming it here. -#}
{% set domains = ['directives', 'user_survey', 'activities', 'pilots', 'measures'] %}

with

{% for domain in domains %}
    {{ domain }} as (
        select
        {% for column, type in evidence_columns() %}
                cast({{ column }} as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
        from {{ ref('int_' ~ domain ~ '__figures') }}
    ),
{% endfor %}

no_figures as (
    select
    {% for column, type in evidence_columns() %}
            cast(null as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
    where 1 = 0
),

final as (
    {% for domain in domains %}
        select * from {{ domain }}
        union all
    {% endfor %}
    select * from no_figures
)

select * from final
