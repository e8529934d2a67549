with

totals as (
    select * from {{ ref('int_directives__item_totals') }}
),

category_counts as (
    select * from {{ ref('int_directives__item_categories') }}
),

categories as (
    select * from {{ ref('directive_categories') }}
),

governing as (
    select
        *,
        'governing_directives' as indicator_id,
        'count' as measure,
        n_governing as figure,
        n_coded as base
    from totals
    where
        scope in ('letter', 'whole')
        and document_kind = 'md_letter'
),

-- only where every letter of both years is coded in full
change_in_governing as (
    select
        totals.*,
        'governing_directives_change' as indicator_id,
        'change' as measure,
        totals.n_governing - before.n_governing as figure,
        cast(null as {{ dbt.type_int() }}) as base
    from totals
    inner join totals as before
        on
            totals.scope = before.scope
            and totals.item_id = before.item_id
            and totals.item_node_id = before.item_node_id
            and totals.letter_year = before.letter_year + 1
    where
        totals.scope in ('letter', 'whole')
        and totals.document_kind = 'md_letter'
        and totals.figure_status = 'shown'
        and before.figure_status = 'shown'
),

new_by_sender as (
    select
        *,
        'new_directives' as indicator_id,
        'share' as measure,
        cast(n_new as double) / n_coded as figure,
        n_coded as base
    from totals
    where
        scope = 'sender'
        or (scope = 'whole' and item_node_id = '{{ var("root_node") }}')
),

whole_figures as (
    select * from governing
    union all
    select * from change_in_governing
    union all
    select * from new_by_sender
),

-- a step, form or focus that nothing was coded as is a share of none, and not a gap
by_category as (
    select
        totals.*,
        categories.indicator_id,
        categories.category_id,
        categories.category_label_nb,
        categories.category_label_en,
        categories.category_order,
        cast(coalesce(category_counts.n_directives, 0) as double) / totals.n_coded as figure
    from totals
    cross join categories
    left join category_counts
        on
            totals.scope = category_counts.scope
            and totals.item_id = category_counts.item_id
            and totals.item_node_id = category_counts.item_node_id
            and totals.letter_year = category_counts.letter_year
            and categories.indicator_id = category_counts.indicator_id
            and categories.category_id = category_counts.category_id
    where totals.scope in ('letter', 'group')
),

figures as (
    select
        indicator_id,
        item_id,
        item_label_nb,
        item_label_en,
        item_order,
        letter_year,
        item_node_id,
        measure,
        'all' as category_id,
        'all' as category_kind,
        'I alt' as category_label_nb,
        'In all' as category_label_en,
        0 as category_order,
        figure,
        base,
        figure_status,
        n_letters,
        n_complete,
        is_demonstration,
        source_file,
        source_sha256
    from whole_figures
    union all
    select
        indicator_id,
        item_id,
        item_label_nb,
        item_label_en,
        item_order,
        letter_year,
        item_node_id,
        'share' as measure,
        category_id,
        'category' as category_kind,
        category_label_nb,
        category_label_en,
        category_order,
        figure,
        n_coded as base,
        figure_status,
        n_letters,
        n_complete,
        is_demonstration,
        source_file,
        source_sha256
    from by_category
),

final as (
    select
        indicator_id,
        item_id,
        item_label_nb,
        item_label_en,
        item_order,
        cast(letter_year as {{ dbt.type_string() }}) as period,
        item_node_id as node_id,
        measure,
        category_id,
        category_kind,
        category_label_nb,
        category_label_en,
        null as category_class,
        category_order,
        cast(figure as double) as value,
        null as lower,
        null as upper,
        null as n,
        base,
        figure_status as status,
        is_demonstration,
        source_file,
        source_sha256,
        -- a change also rests on the file of the year before
        {{ dbt.concat([
            "'Føringer '",
            'cast(letter_year as ' ~ dbt.type_string() ~ ')',
            "case when measure = 'change' then ' minus året før' else '' end",
            "', '",
            'cast(n_complete as ' ~ dbt.type_string() ~ ')',
            "'/'",
            'cast(n_letters as ' ~ dbt.type_string() ~ ')',
        ]) }} as source_ref
    from figures
)

select * from final
