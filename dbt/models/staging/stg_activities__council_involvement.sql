with

raw_cases as (
    select * from {{ source('raw', 'council_involvement') }}
),

final as (
    select
        -- ids
        cast(extract(year from registered_on) as {{ dbt.type_string() }}) as period,
        case_id,
        unit_code as node_id,

        -- text
        stage,

        -- dates
        registered_on,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_cases
)

select * from final
