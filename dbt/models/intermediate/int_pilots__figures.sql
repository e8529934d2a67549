with

pilots as (
    select * from {{ ref('int_pilots__pilots') }}
),

units as (
    select * from {{ ref('int_pilots__units') }}
    where group_id = 'pilot'
),

ancestors as (
    select * from {{ ref('int_organisation__node_ancestors') }}
),

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

codes as (
    select * from {{ ref('codes') }}
),

-- a pilot counts once in each part of the organisation that it has units in, and in the root; of a
-- single unit there is no figure
places as (
    select distinct
        units.register_year,
        units.pilot_id,
        ancestors.ancestor_id as node_id
    from units
    inner join ancestors
        on
            units.organisation_period = ancestors.organisation_period
            and units.node_id = ancestors.node_id
    inner join nodes
        on
            ancestors.organisation_period = nodes.organisation_period
            and ancestors.ancestor_id = nodes.node_id
    where nodes.level <> 'unit'
    union
    select
        register_year,
        pilot_id,
        '{{ var("root_node") }}' as node_id
    from pilots
),

placed as (
    select
        pilots.*,
        places.node_id
    from places
    inner join pilots
        on
            places.register_year = pilots.register_year
            and places.pilot_id = pilots.pilot_id
),

counted as (
    select
        register_year,
        node_id,
        count(*) as n_pilots,
        sum(case when has_all_parts then 1 else 0 end) as n_all,
        sum(case when has_purpose then 1 else 0 end) as n_purpose,
        sum(case when has_plan then 1 else 0 end) as n_plan,
        sum(case when has_evaluation then 1 else 0 end) as n_evaluation,
        max(case when is_demonstration then 1 else 0 end) = 1 as is_demonstration,
        min(source_file) as source_file,
        min(source_sha256) as source_sha256
    from placed
    group by
        register_year,
        node_id
),

by_status as (
    select
        counted.register_year,
        counted.node_id,
        codes.code_id,
        codes.label_nb,
        codes.label_en,
        codes.sort_order,
        counted.n_pilots,
        counted.is_demonstration,
        counted.source_file,
        counted.source_sha256,
        sum(case when placed.status_id = codes.code_id then 1 else 0 end) as n_in_status
    from counted
    inner join codes
        on codes.code_list = 'pilot_status'
    inner join placed
        on
            counted.register_year = placed.register_year
            and counted.node_id = placed.node_id
    group by
        counted.register_year,
        counted.node_id,
        codes.code_id,
        codes.label_nb,
        codes.label_en,
        codes.sort_order,
        counted.n_pilots,
        counted.is_demonstration,
        counted.source_file,
        counted.source_sha256
),

status_figures as (
    select
        'pilots_by_status' as indicator_id,
        'all' as item_id,
        'Alle' as item_label_nb,
        'All' as item_label_en,
        0 as item_order,
        register_year,
        node_id,
        'count' as measure,
        'all' as category_id,
        'all' as category_kind,
        'I alt' as category_label_nb,
        'In all' as category_label_en,
        0 as category_order,
        n_pilots as value,
        n_pilots as base,
        is_demonstration,
        source_file,
        source_sha256
    from counted
    union all
    select
        'pilots_by_status' as indicator_id,
        'all' as item_id,
        'Alle' as item_label_nb,
        'All' as item_label_en,
        0 as item_order,
        register_year,
        node_id,
        'count' as measure,
        code_id as category_id,
        'category' as category_kind,
        label_nb as category_label_nb,
        label_en as category_label_en,
        sort_order as category_order,
        n_in_status as value,
        n_pilots as base,
        is_demonstration,
        source_file,
        source_sha256
    from by_status
),

part_figures as (
    select
        'pilots_with_mandate_parts' as indicator_id,
        codes.code_id as item_id,
        codes.label_nb as item_label_nb,
        codes.label_en as item_label_en,
        codes.sort_order as item_order,
        counted.register_year,
        counted.node_id,
        'share' as measure,
        'all' as category_id,
        'all' as category_kind,
        'I alt' as category_label_nb,
        'In all' as category_label_en,
        0 as category_order,
        {{ share('case codes.code_id ' ~ "when 'all' then counted.n_all "
            ~ "when 'purpose' then counted.n_purpose when 'plan' then counted.n_plan "
            ~ "when 'evaluation' then counted.n_evaluation end", 'counted.n_pilots') }} as value,
        counted.n_pilots as base,
        counted.is_demonstration,
        counted.source_file,
        counted.source_sha256
    from counted
    inner join codes
        on codes.code_list = 'mandate_part'
),

figures as (
    select * from status_figures
    union all
    select * from part_figures
),

final as (
    select
        indicator_id,
        item_id,
        item_label_nb,
        item_label_en,
        item_order,
        cast(register_year as {{ dbt.type_string() }}) as period,
        node_id,
        measure,
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
        {{ dbt.concat([
            "'forsøksregisteret '", 'cast(register_year as ' ~ dbt.type_string() ~ ')'
        ]) }} as source_ref
    from figures
)

select * from final
