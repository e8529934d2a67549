with

measures as (
    select * from {{ ref('int_measures__measures') }}
),

codes as (
    select * from {{ ref('codes') }}
),

final as (
    select
        measures.measure_id,
        measures.goal_id,
        measures.title_nb,
        measures.title_en,
        measures.finding_ids,
        measures.finding_nb,
        measures.finding_en,
        kinds.label_nb as kind_nb,
        kinds.label_en as kind_en,
        measures.measure_owner,
        levels.label_nb as level_nb,
        levels.label_en as level_en,
        measures.status_id,
        statuses.label_nb as status_nb,
        statuses.label_en as status_en,
        statuses.sort_order as status_order,
        measures.registered_on,
        measures.last_changed_on,
        measures.due_on,
        measures.as_of,
        cast(measures.days_since_change as {{ dbt.type_int() }}) as days_since_change,
        cast(measures.standing_still_days as {{ dbt.type_int() }}) as standing_still_days,
        measures.is_open,
        measures.is_standing_still,
        measures.is_overdue,
        measures.is_demonstration,
        measures.source_file,
        measures.source_sha256
    from measures
    left join codes as kinds
        on
            measures.kind_id = kinds.code_id
            and kinds.code_list = 'measure_kind'
    left join codes as levels
        on
            measures.level_id = levels.code_id
            and levels.code_list = 'measure_level'
    left join codes as statuses
        on
            measures.status_id = statuses.code_id
            and statuses.code_list = 'measure_status'
)

select * from final
