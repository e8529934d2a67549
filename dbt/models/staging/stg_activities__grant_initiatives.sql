with

raw_initiatives as (
    select * from {{ source('raw', 'grant_initiative') }}
),

final as (
    select
        -- ids
        cast(year as {{ dbt.type_string() }}) as period,
        initiative_id,
        node_id,

        -- text
        theme,

        -- numbers
        amount_nok,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_initiatives
)

select * from final
