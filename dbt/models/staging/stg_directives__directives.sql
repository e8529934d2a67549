-- the text of a directive stays in the raw table
with

raw_directives as (
    select * from {{ source('raw', 'directive') }}
),

final as (
    select
        -- ids
        letter_id,
        coder,
        number as directive_number,
        collection,

        -- text
        sender,
        receiver,
        line as line_id,
        origin,
        kind as directive_kind,
        step as results_chain_step,
        form as directive_form,
        concreteness,
        focus as directive_focus,

        -- numbers
        year as letter_year,

        -- booleans
        governs,
        is_designated,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_directives
)

select * from final
