with

packages as (
    select * from {{ ref('stg_activities__conversation_packages') }}
),

themes as (
    select * from {{ ref('evidence_categories') }}
    where kind = 'conversation_theme'
),

arenas as (
    select
        code,
        category_id,
        'category' as category_kind,
        name_nb,
        name_en,
        sort_order
    from {{ ref('evidence_categories') }}
    where kind = 'arena'
    union all
    select
        'all' as code,
        'all' as category_id,
        'all' as category_kind,
        'I alt' as name_nb,
        'In all' as name_en,
        0 as sort_order
),

-- each package in its own arena, and in all of them together
in_arenas as (
    select
        packages.*,
        arenas.category_id,
        arenas.category_kind,
        arenas.name_nb as category_label_nb,
        arenas.name_en as category_label_en,
        arenas.sort_order as category_order
    from packages
    inner join arenas
        on packages.arena = arenas.code or arenas.code = 'all'
),

years as (
    select
        period,
        count(distinct node_id) as n_units,
        count(distinct case when has_sent_challenges then node_id end) as n_units_that_sent,
        max(case when is_demonstration then 1 else 0 end) as is_demonstration,
        min(source_file) as source_file,
        min(source_sha256) as source_sha256,
        count(distinct source_file) as n_files
    from packages
    group by period
),

-- a theme that no package of an arena raised is there with 0
raised as (
    select
        in_arenas.period,
        themes.category_id as item_id,
        themes.name_nb as item_label_nb,
        themes.name_en as item_label_en,
        themes.sort_order as item_order,
        in_arenas.category_id,
        in_arenas.category_kind,
        in_arenas.category_label_nb,
        in_arenas.category_label_en,
        in_arenas.category_order,
        -- codes are looked for with their separators, so that T1 is not found in T12
        sum(
            case
                when {{ dbt.position(
                    dbt.concat(["';'", 'themes.code', "';'"]),
                    dbt.concat(["';'", 'in_arenas.themes', "';'"])
                ) }} > 0 then 1
                else 0
            end
        ) as n,
        count(*) as n_packages
    from in_arenas
    cross join themes
    group by
        in_arenas.period,
        themes.category_id,
        themes.name_nb,
        themes.name_en,
        themes.sort_order,
        in_arenas.category_id,
        in_arenas.category_kind,
        in_arenas.category_label_nb,
        in_arenas.category_label_en,
        in_arenas.category_order
),

themes_raised as (
    select
        'conversation_package_themes' as indicator_id,
        item_id,
        item_label_nb,
        item_label_en,
        item_order,
        period,
        category_id,
        category_kind,
        category_label_nb,
        category_label_en,
        category_order,
        n,
        n_packages as base
    from raised
),

units_that_sent as (
    select
        'conversation_package_units' as indicator_id,
        'all' as item_id,
        'Alle' as item_label_nb,
        'All' as item_label_en,
        0 as item_order,
        period,
        'all' as category_id,
        'all' as category_kind,
        'I alt' as category_label_nb,
        'In all' as category_label_en,
        0 as category_order,
        n_units_that_sent as n,
        n_units as base
    from years
),

counted as (
    select * from themes_raised
    union all
    select * from units_that_sent
),

final as (
    select
        counted.indicator_id,
        counted.item_id,
        counted.item_label_nb,
        counted.item_label_en,
        counted.item_order,
        counted.period,
        '{{ var("root_node") }}' as node_id,
        'count' as measure,
        counted.category_id,
        counted.category_kind,
        counted.category_label_nb,
        counted.category_label_en,
        counted.category_order,
        cast(counted.n as double) as value,
        counted.base,
        years.is_demonstration = 1 as is_demonstration,
        years.source_file,
        years.source_sha256,
        years.n_files
    from counted
    inner join years
        on counted.period = years.period
)

select * from final
