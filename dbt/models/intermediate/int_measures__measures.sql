with

measures as (
    select * from {{ ref('stg_measures__measures') }}
),

findings as (
    select * from {{ ref('int_measures__findings') }}
),

-- the register's own day, never the clock's: a release must come out the same on another day
dated as (
    select
        *,
        max(case
            when register_date > last_changed_on then register_date
            else last_changed_on
        end) over () as as_of
    from measures
),

followed as (
    select
        *,
        status_id not in ('done', 'stopped') as is_open,
        {{ dbt.datediff('last_changed_on', 'as_of', 'day') }} as days_since_change
    from dated
),

final as (
    select
        followed.measure_id,
        followed.goal_id,
        followed.title_nb,
        coalesce(followed.title_en, followed.title_nb) as title_en,
        findings.finding_ids,
        findings.finding_nb,
        findings.finding_en,
        followed.kind_id,
        followed.measure_owner,
        followed.level_id,
        followed.status_id,
        followed.registered_on,
        followed.last_changed_on,
        followed.due_on,
        followed.as_of,
        followed.is_open,
        followed.days_since_change,
        {{ var('standing_still_days') }} as standing_still_days,
        followed.is_open
        and followed.days_since_change > {{ var('standing_still_days') }} as is_standing_still,
        followed.is_open and coalesce(followed.due_on < followed.as_of, false) as is_overdue,
        followed.is_demonstration,
        followed.source_file,
        followed.source_sha256
    from followed
    left join findings
        on followed.measure_id = findings.measure_id
)

select * from final
