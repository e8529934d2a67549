with

raw_responses as (
    select * from {{ source('raw', 'survey') }}
),

final as (
    select
        -- ids
        wave,
        respondent_id,
        unit_code,
        role as respondent_role,

        -- answers
        {% for question in question_columns(source('raw', 'survey')) %}
            {{ question }},
        {% endfor %}

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_responses
)

select * from final
