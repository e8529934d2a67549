{% set lineage %}
    max(case when is_demonstration then 1 else 0 end) as is_demonstration,
    min(source_file) as source_file,
    min(source_sha256) as source_sha256,
    count(distinct source_file) as n_files
{% endset %}

with

records as (
    select * from {{ ref('int_activities__records') }}
),

counties as (
    select * from {{ ref('int_activities__counties') }}
),

wholes as (
    select
        indicator_id,
        period,
        count(*) as n,
        sum(case when category_id = 'start' then 1 else 0 end) as n_start,
        {{ lineage }}
    from records
    group by
        indicator_id,
        period
),

-- every county, also one in which nothing is registered
in_counties as (
    select
        wholes.indicator_id,
        wholes.period,
        counties.county_node_id as node_id,
        count(records.record_id) as n,
        sum(case when records.category_id = 'start' then 1 else 0 end) as n_start,
        max(case when counties.is_demonstration then 1 else wholes.is_demonstration end)
            as is_demonstration,
        min(wholes.source_file) as source_file,
        min(wholes.source_sha256) as source_sha256,
        min(wholes.n_files) as n_files
    from wholes
    inner join counties
        on wholes.period = counties.period
    left join records
        on
            wholes.indicator_id = records.indicator_id
            and wholes.period = records.period
            and counties.node_id = records.node_id
    group by
        wholes.indicator_id,
        wholes.period,
        counties.county_node_id
),

in_places as (
    select
        indicator_id,
        period,
        '{{ var("root_node") }}' as node_id,
        n,
        n_start,
        is_demonstration,
        source_file,
        source_sha256,
        n_files
    from wholes
    union all
    select * from in_counties
),

of_places as (
    select
        *,
        'all' as category_id,
        'all' as category_kind,
        'I alt' as category_label_nb,
        'In all' as category_label_en,
        0 as category_order,
        n as base
    from in_places
),

of_categories as (
    select
        records.indicator_id,
        records.period,
        '{{ var("root_node") }}' as node_id,
        count(*) as n,
        count(*) as n_start,
        wholes.is_demonstration,
        wholes.source_file,
        wholes.source_sha256,
        wholes.n_files,
        records.category_id,
        'category' as category_kind,
        records.category_label_nb,
        records.category_label_en,
        records.category_order,
        wholes.n as base
    from records
    inner join wholes
        on
            records.indicator_id = wholes.indicator_id
            and records.period = wholes.period
    group by
        records.indicator_id,
        records.period,
        wholes.is_demonstration,
        wholes.source_file,
        wholes.source_sha256,
        wholes.n_files,
        records.category_id,
        records.category_label_nb,
        records.category_label_en,
        records.category_order,
        wholes.n
),

counted as (
    select * from of_places
    union all
    select * from of_categories
),

-- councils are told as shares of the matters, the other registers as counts
final as (
    select
        indicator_id,
        period,
        node_id,
        case indicator_id when 'user_councils_from_start' then 'share' else 'count' end as measure,
        category_id,
        category_kind,
        category_label_nb,
        category_label_en,
        category_order,
        case indicator_id
            when 'user_councils_from_start' then {{ share('n_start', 'base') }}
            else cast(n as double)
        end as value,
        base,
        is_demonstration = 1 as is_demonstration,
        source_file,
        source_sha256,
        n_files
    from counted
    -- a share of nothing is no figure
    where
        base > 0
        or indicator_id <> 'user_councils_from_start'
)

select * from final
