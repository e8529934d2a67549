with

raw_measures as (
    select * from {{ source('raw', 'measure') }}
),

final as (
    select
        -- ids
        measure_id,
        goal_id,
        finding_ids,

        -- text
        title_nb,
        title_en,
        kind_id,
        owner as measure_owner,
        level_id,
        status_id,

        -- dates
        registered_on,
        last_changed_on,
        due_on,
        register_date,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_measures
)

select * from final
