with

raw_input_files as (
    select * from {{ source('raw', 'input_file') }}
),

final as (
    select
        -- ids
        domain,
        table_name,
        source_file,
        source_sha256,
        fingerprint,

        -- numbers
        rows_in,
        rows_kept,
        rows_quarantined,
        answers_blanked,

        -- text
        fault,

        -- booleans
        is_demonstration
    from raw_input_files
)

select * from final
