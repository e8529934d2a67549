with

raw_answers as (
    select * from {{ source('raw', 'user_answer') }}
),

final as (
    select
        -- ids
        cast(year as {{ dbt.type_string() }}) as period,
        respondent_id,
        question_id,
        situation,
        scale_id,
        county_node_id,

        -- text
        user_group,
        service,

        -- numbers
        answer,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_answers
)

select * from final
