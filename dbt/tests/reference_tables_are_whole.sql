-- The seeds: no key twice, and nothing named that is not there. One query for the small tables.
{% set keys = {
    'goals': ['goal_id'],
    'indicators': ['indicator_id'],
    'roles': ['role_id'],
    'role_members': ['role_id', 'respondent_role'],
    'sources': ['source_id'],
    'reconciliation': ['figure_id'],
    'user_scales': ['scale_id'],
    'user_questions': ['question_id', 'situation'],
    'evidence_categories': ['kind', 'category_id'],
    'codes': ['code_list', 'code_id'],
    'letters': ['letter_type'],
    'letter_groups': ['group_id'],
    'directive_categories': ['indicator_id', 'category_id'],
} %}
{% set references = [
    ('indicators', 'goal_id', 'goals', 'goal_id'),
    ('indicators', 'role_id', 'roles', 'role_id'),
    ('indicators', 'compared_role_id', 'roles', 'role_id'),
    ('role_members', 'role_id', 'roles', 'role_id'),
    ('reconciliation', 'role_id', 'roles', 'role_id'),
    ('user_scales', 'comparable_with', 'user_scales', 'scale_id'),
    ('user_questions', 'share_indicator_id', 'indicators', 'indicator_id'),
    ('user_questions', 'mean_indicator_id', 'indicators', 'indicator_id'),
    ('letters', 'group_id', 'letter_groups', 'group_id'),
    ('directive_categories', 'indicator_id', 'indicators', 'indicator_id'),
] %}

with

repeated_keys as (
    {% for seed, columns in keys.items() %}
        select '{{ seed }}: {{ columns | join(", ") }} twice' as fault
        from {{ ref(seed) }}
        group by {{ columns | join(', ') }}
        having count(*) > 1
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

unknown_references as (
    {% for seed, column, other, key in references %}
        select '{{ seed }}: {{ column }} is not in {{ other }}' as fault
        from {{ ref(seed) }} as seed
        left join {{ ref(other) }} as other
            on seed.{{ column }} = other.{{ key }}
        where
            seed.{{ column }} is not null
            and other.{{ key }} is null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select * from repeated_keys
    union all
    select * from unknown_references
)

select * from final
