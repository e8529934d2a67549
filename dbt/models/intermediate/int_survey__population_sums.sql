{#- Sums add up, so what is left when a node or a role is taken out of the whole is a subtraction.
    It is exact as long as strata lie on one side: units lie in the strata of their result area, and
    have no rest here; strata that were taken together are a handful of respondents. -#}
{% set parts = {
    'other_nodes': {'joined': 'whole.role_id = part.role_id', 'whole': "whole.level = 'nav'",
                    'part': "part.level in ('line', 'result_area')"},
    'other_roles': {'joined': 'whole.node_id = part.node_id', 'whole': "whole.role_id = 'all'",
                    'part': "part.role_id <> 'all'"},
} %}

with

sums as (
    select * from {{ ref('int_survey__sums') }}
),

levels as (
    select distinct
        wave,
        node_id,
        level
    from {{ ref('int_survey__unit_nodes') }}
),

own_sums as (
    select
        sums.*,
        levels.level
    from sums
    inner join levels
        on
            sums.wave = levels.wave
            and sums.node_id = levels.node_id
    where sums.wave = sums.node_wave
),

all_sums as (
    select
        wave,
        node_wave,
        question_id,
        node_id,
        role_id,
        case wave when node_wave then 'node' else 'carried' end as population,
        is_weighted,
        n_smallest_stratum,
        top_score,
        {{ survey_sums() | join(', ') }}
    from sums
    where is_weighted = may_be_weighted
    {% for population, is in parts.items() %}
        union all
        select
            part.wave,
            part.node_wave,
            part.question_id,
            part.node_id,
            part.role_id,
            '{{ population }}' as population,
            part.is_weighted,
            whole.n_smallest_stratum,
            part.top_score,
            {% for column in survey_sums() %}
                whole.{{ column }} - part.{{ column }} as {{ column }}
                {%- if not loop.last %},{% endif %}
            {% endfor %}
        from own_sums as part
        inner join own_sums as whole
            on
                part.wave = whole.wave
                and part.question_id = whole.question_id
                and part.is_weighted = whole.is_weighted
                and part.is_weighted = (part.may_be_weighted and whole.may_be_weighted)
                and {{ is.joined }}
        where
            {{ is.part }}
            and {{ is.whole }}
            and whole.n_answered > part.n_answered
    {% endfor %}
),

-- exact as decimals until here, so that nothing is left over where a part is everything
final as (
    select
        wave,
        node_wave,
        question_id,
        node_id,
        role_id,
        population,
        is_weighted,
        n_smallest_stratum,
        top_score,
        {% for column in survey_sums() %}
            {% if column.startswith('n_') %}
                cast({{ column }} as {{ dbt.type_int() }}) as {{ column }}
            {%- else %}
                cast({{ column }} as double) as {{ column }}
            {%- endif %}{% if not loop.last %},{% endif %}
        {% endfor %}
    from all_sums
)

select * from final
