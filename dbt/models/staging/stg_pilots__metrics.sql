with

raw_metrics as (
    select * from {{ source('raw', 'pilot_metric') }}
),

final as (
    select
        -- ids
        unit_code,
        metric_id,

        -- numbers
        value,
        n_cases,

        -- dates
        month as metric_month,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_metrics
)

select * from final
