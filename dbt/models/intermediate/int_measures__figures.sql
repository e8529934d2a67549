with

measures as (
    select * from {{ ref('int_measures__measures') }}
),

codes as (
    select * from {{ ref('codes') }}
    where code_list = 'measure_status'
),

counted as (
    select
        goal_id,
        as_of,
        count(*) as n_measures,
        max(case when is_demonstration then 1 else 0 end) = 1 as is_demonstration,
        min(source_file) as source_file,
        min(source_sha256) as source_sha256
    from measures
    group by
        goal_id,
        as_of
),

in_status as (
    select
        goal_id,
        status_id,
        count(*) as n_measures
    from measures
    group by
        goal_id,
        status_id
),

figures as (
    select
        goal_id,
        as_of,
        'all' as category_id,
        'all' as category_kind,
        'I alt' as category_label_nb,
        'In all' as category_label_en,
        0 as category_order,
        n_measures as value,
        n_measures as base,
        is_demonstration,
        source_file,
        source_sha256
    from counted
    union all
    select
        counted.goal_id,
        counted.as_of,
        codes.code_id as category_id,
        'category' as category_kind,
        codes.label_nb as category_label_nb,
        codes.label_en as category_label_en,
        codes.sort_order as category_order,
        coalesce(in_status.n_measures, 0) as value,
        counted.n_measures as base,
        counted.is_demonstration,
        counted.source_file,
        counted.source_sha256
    from counted
    cross join codes
    left join in_status
        on
            counted.goal_id = in_status.goal_id
            and codes.code_id = in_status.status_id
),

final as (
    select
        {{ dbt.concat(["'measures_goal_'", 'cast(goal_id as ' ~ dbt.type_string() ~ ')']) }}
            as indicator_id,
        'all' as item_id,
        'Alle' as item_label_nb,
        'All' as item_label_en,
        0 as item_order,
        cast(extract(year from as_of) as {{ dbt.type_string() }}) as period,
        '{{ var("root_node") }}' as node_id,
        'count' as measure,
        category_id,
        category_kind,
        category_label_nb,
        category_label_en,
        null as category_class,
        category_order,
        value,
        null as lower,
        null as upper,
        null as n,
        base,
        'shown' as status,
        is_demonstration,
        source_file,
        source_sha256,
        {{ dbt.concat(["'tiltaksregisteret per '", 'cast(as_of as ' ~ dbt.type_string() ~ ')']) }}
            as source_ref
    from figures
)

select * from final
