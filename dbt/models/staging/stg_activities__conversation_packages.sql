with

raw_packages as (
    select * from {{ source('raw', 'conversation_package') }}
),

final as (
    select
        -- ids
        cast(extract(year from held_on) as {{ dbt.type_string() }}) as period,
        package_id,
        unit_code as node_id,

        -- text
        arena,
        replace(themes, ' ', '') as themes,

        -- numbers
        participants,

        -- booleans
        challenges_sent as has_sent_challenges,

        -- dates
        held_on,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_packages
)

select * from final
