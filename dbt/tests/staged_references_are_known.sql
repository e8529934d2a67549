-- What staging names stands in a reference table: roles, indicators, sources, goals.
{% set references = [
    ('stg_survey__responses', 'respondent_role', 'role_members', 'respondent_role'),
    ('stg_codebook__question_indicators', 'indicator_id', 'indicators', 'indicator_id'),
    ('stg_codebook__questions', 'goal_id', 'goals', 'goal_id'),
    ('stg_user_survey__answers', 'scale_id', 'user_scales', 'scale_id'),
    ('stg_user_survey__shares', 'scale_id', 'user_scales', 'scale_id'),
    ('stg_user_survey__shares', 'source_id', 'sources', 'source_id'),
    ('stg_published__figures', 'source_id', 'sources', 'source_id'),
    ('stg_published__findings', 'source_id', 'sources', 'source_id'),
] %}

with

final as (
    {% for model, column, seed, key in references %}
        select distinct
            '{{ model }}' as model,
            cast(staged.{{ column }} as {{ dbt.type_string() }}) as unknown_value
        from {{ ref(model) }} as staged
        left join {{ ref(seed) }} as known
            on staged.{{ column }} = known.{{ key }}
        where known.{{ key }} is null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from final
