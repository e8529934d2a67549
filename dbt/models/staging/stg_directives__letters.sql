with

raw_letters as (
    select * from {{ source('raw', 'directive_letter') }}
),

final as (
    select
        -- ids
        letter_id,
        collection,

        -- text
        document_kind,
        sender,
        receiver,
        designated_coder,

        -- numbers
        year as letter_year,
        n_directives,

        -- booleans
        is_delivered,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_letters
)

select * from final
