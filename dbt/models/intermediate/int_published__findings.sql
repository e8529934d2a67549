with

findings as (
    select * from {{ ref('stg_published__findings') }}
),

sources as (
    select * from {{ ref('sources') }}
),

final as (
    select
        findings.*,
        sources.title as source_title
    from findings
    left join sources
        on findings.source_id = sources.source_id
)

select * from final
