with

raw_projects as (
    select * from {{ source('raw', 'development_project') }}
),

final as (
    select
        -- ids
        cast(year as {{ dbt.type_string() }}) as period,
        project_id,
        node_id,

        -- text
        theme,
        register,

        -- dates
        started,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_projects
)

select * from final
