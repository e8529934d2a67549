with

register_figures as (
    select * from {{ ref('int_activities__register_figures') }}
),

package_figures as (
    select * from {{ ref('int_activities__package_figures') }}
),

figures as (
    select
        indicator_id,
        'all' as item_id,
        'Alle' as item_label_nb,
        'All' as item_label_en,
        0 as item_order,
        period,
        node_id,
        measure,
        category_id,
        category_kind,
        category_label_nb,
        category_label_en,
        category_order,
        value,
        base,
        is_demonstration,
        source_file,
        source_sha256,
        n_files
    from register_figures
    union all
    select * from package_figures
),

final as (
    select
        indicator_id,
        item_id,
        item_label_nb,
        item_label_en,
        item_order,
        period,
        node_id,
        measure,
        category_id,
        category_kind,
        category_label_nb,
        category_label_en,
        null as category_class,
        category_order,
        value,
        -- the whole register is counted, so that chance has no part in it
        null as lower,
        null as upper,
        null as n,
        base,
        'shown' as status,
        is_demonstration,
        source_file,
        source_sha256,
        case
            when n_files > 1
                then {{ dbt.concat([
                    "'the register of '", 'period', "', the first of several files'"
                ]) }}
            else {{ dbt.concat(["'the register of '", 'period']) }}
        end as source_ref
    from figures
)

select * from final
