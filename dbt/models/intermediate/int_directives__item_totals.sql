with

item_letters as (
    select * from {{ ref('int_directives__item_letters') }}
),

-- only letters whose designated coding is whole are counted, and one that is not marks the total
summed as (
    select
        scope,
        item_id,
        item_label_nb,
        item_label_en,
        item_order,
        item_node_id,
        letter_year,
        document_kind,
        count(*) as n_letters,
        sum(case when coding_status = 'complete' then 1 else 0 end) as n_complete,
        sum(case when coding_status = 'complete' then n_coded else 0 end) as n_coded,
        sum(case when coding_status = 'complete' then n_governing else 0 end) as n_governing,
        sum(case when coding_status = 'complete' then n_new else 0 end) as n_new,
        max(case when is_demonstration then 1 else 0 end) = 1 as is_demonstration,
        min(source_file) as source_file,
        min(source_sha256) as source_sha256
    from item_letters
    group by
        scope,
        item_id,
        item_label_nb,
        item_label_en,
        item_order,
        item_node_id,
        letter_year,
        document_kind
),

final as (
    select
        *,
        case when n_complete = n_letters then 'shown' else 'incomplete' end as figure_status
    from summed
    where n_complete > 0
)

select * from final
