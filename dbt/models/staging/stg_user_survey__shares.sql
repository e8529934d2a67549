with

raw_shares as (
    select * from {{ source('raw', 'user_share') }}
),

final as (
    select
        -- ids
        cast(year as {{ dbt.type_string() }}) as period,
        question_id,
        situation,
        scale_id,
        source_id,

        -- text
        comparator,
        section,

        -- numbers
        cast(share_percent as double) / 100 as share,
        respondents as n,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_shares
)

select * from final
