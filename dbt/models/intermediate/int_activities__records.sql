with

projects as (
    select
        'development_projects' as indicator_id,
        project_id as record_id,
        period,
        node_id,
        'project_theme' as kind,
        theme as code,
        is_demonstration,
        source_file,
        source_sha256
    from {{ ref('stg_activities__development_projects') }}
),

initiatives as (
    select
        'grant_initiatives' as indicator_id,
        initiative_id as record_id,
        period,
        node_id,
        'project_theme' as kind,
        theme as code,
        is_demonstration,
        source_file,
        source_sha256
    from {{ ref('stg_activities__grant_initiatives') }}
),

-- a matter whose stage is not stated says nothing of when the council came in
council_cases as (
    select
        'user_councils_from_start' as indicator_id,
        case_id as record_id,
        period,
        node_id,
        'council_stage' as kind,
        stage as code,
        is_demonstration,
        source_file,
        source_sha256
    from {{ ref('stg_activities__council_involvement') }}
    where stage is not null
),

records as (
    select * from projects
    union all
    select * from initiatives
    union all
    select * from council_cases
),

final as (
    select
        records.indicator_id,
        records.record_id,
        records.period,
        records.node_id,
        categories.category_id,
        categories.name_nb as category_label_nb,
        categories.name_en as category_label_en,
        categories.sort_order as category_order,
        records.is_demonstration,
        records.source_file,
        records.source_sha256
    from records
    left join {{ ref('evidence_categories') }} as categories
        on
            records.kind = categories.kind
            and records.code = categories.code
)

select * from final
