with

letters as (
    select * from {{ ref('int_directives__letters') }}
),

letter_types as (
    select * from {{ ref('letters') }}
),

letter_groups as (
    select * from {{ ref('letter_groups') }}
),

final as (
    select
        letters.letter_id,
        letters.document_kind,
        coalesce(letters.letter_type, letters.group_id) as item_id,
        letters.group_id,
        coalesce(letter_types.name_nb, letter_groups.name_nb) as item_label_nb,
        coalesce(letter_types.name_en, letter_groups.name_en) as item_label_en,
        coalesce(letters.sort_order, letter_groups.sort_order) as item_order,
        cast(letters.letter_year as {{ dbt.type_string() }}) as period,
        letters.sender,
        letters.receiver,
        letters.n_directives,
        cast(letters.n_coded as {{ dbt.type_int() }}) as n_coded,
        cast(letters.n_governing as {{ dbt.type_int() }}) as n_governing,
        letters.designated_coder,
        letters.coders,
        cast(letters.n_coders as {{ dbt.type_int() }}) as n_coders,
        cast(letters.n_coders_in_part as {{ dbt.type_int() }}) as n_coders_in_part,
        cast(letters.n_contradicting as {{ dbt.type_int() }}) as n_contradicting,
        letters.coding_status,
        letters.coding_status = 'complete' as is_complete,
        letters.is_demonstration,
        letters.source_file,
        letters.source_sha256
    from letters
    left join letter_types
        on letters.letter_type = letter_types.letter_type
    left join letter_groups
        on letters.group_id = letter_groups.group_id
)

select * from final
