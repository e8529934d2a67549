with

letters as (
    select * from {{ ref('stg_directives__letters') }}
),

directives as (
    select * from {{ ref('stg_directives__directives') }}
),

letter_types as (
    select * from {{ ref('letters') }}
),

-- a year of which any MD letter is listed must have all of them
years as (
    select
        letter_year,
        max(case when is_demonstration then 1 else 0 end) = 1 as is_demonstration,
        min(source_file) as source_file,
        min(source_sha256) as source_sha256
    from letters
    where document_kind = 'md_letter'
    group by letter_year
),

codings as (
    select
        letter_id,
        coder,
        count(*) as n_coded,
        sum(case when governs then 1 else 0 end) as n_governing,
        sum(case when origin = 'new' then 1 else 0 end) as n_new
    from directives
    group by
        letter_id,
        coder
),

coders as (
    select
        codings.letter_id,
        {{ dbt.listagg('codings.coder', "', '", 'order by codings.coder') }} as coders,
        count(*) as n_coders,
        sum(
            case when codings.n_coded <> coalesce(letters.n_directives, -1) then 1 else 0 end
        ) as n_coders_in_part
    from codings
    inner join letters
        on codings.letter_id = letters.letter_id
    group by codings.letter_id
),

-- what a directive's row says of its letter must be what the letter's own row says
contradictions as (
    select
        letters.letter_id,
        count(*) as n_contradicting
    from letters
    inner join directives
        on letters.letter_id = directives.letter_id
    where
        letters.letter_year <> directives.letter_year
        or letters.collection <> directives.collection
        or letters.sender <> directives.sender
        or letters.receiver <> directives.receiver
        or (coalesce(letters.designated_coder, '') = directives.coder) <> directives.is_designated
    group by letters.letter_id
),

received as (
    select
        letters.letter_id,
        letters.document_kind,
        letters.letter_year,
        letters.sender,
        letters.receiver,
        letters.is_delivered,
        letters.n_directives,
        letters.designated_coder,
        letters.is_demonstration,
        letters.source_file,
        letters.source_sha256,
        letter_types.letter_type,
        letter_types.sort_order,
        letter_types.node_id,
        letter_types.line_node_id,
        case
            when letters.document_kind = 'municipal' then 'municipal'
            else letter_types.group_id
        end as group_id
    from letters
    left join letter_types
        on
            letters.document_kind = 'md_letter'
            and letters.sender = letter_types.sender
            and letters.receiver = letter_types.receiver
),

lacking as (
    select
        letters.letter_id,
        'md_letter' as document_kind,
        years.letter_year,
        letter_types.sender,
        letter_types.receiver,
        false as is_delivered,
        letters.n_directives,
        letters.designated_coder,
        years.is_demonstration,
        years.source_file,
        years.source_sha256,
        letter_types.letter_type,
        letter_types.sort_order,
        letter_types.node_id,
        letter_types.line_node_id,
        letter_types.group_id
    from years
    cross join letter_types
    left join letters
        on
            years.letter_year = letters.letter_year
            and letters.document_kind = 'md_letter'
            and letter_types.sender = letters.sender
            and letter_types.receiver = letters.receiver
    where letters.letter_id is null
),

every_letter as (
    select * from received
    union all
    select * from lacking
),

coded as (
    select
        every_letter.*,
        coders.coders,
        coalesce(coders.n_coders, 0) as n_coders,
        coalesce(coders.n_coders_in_part, 0) as n_coders_in_part,
        coalesce(contradictions.n_contradicting, 0) as n_contradicting,
        coalesce(codings.n_coded, 0) as n_coded,
        coalesce(codings.n_governing, 0) as n_governing,
        coalesce(codings.n_new, 0) as n_new
    from every_letter
    left join codings
        on
            every_letter.letter_id = codings.letter_id
            and every_letter.designated_coder = codings.coder
    left join coders
        on every_letter.letter_id = coders.letter_id
    left join contradictions
        on every_letter.letter_id = contradictions.letter_id
),

final as (
    select
        *,
        case
            when not is_delivered then 'lacking'
            when designated_coder is null then 'not_coded'
            when n_coded = n_directives then 'complete'
            else 'mismatched'
        end as coding_status
    from coded
)

select * from final
