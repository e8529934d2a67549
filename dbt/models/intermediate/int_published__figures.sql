with

figures as (
    select * from {{ ref('stg_published__figures') }}
),

sources as (
    select * from {{ ref('sources') }}
),

final as (
    select
        figures.*,
        sources.title as source_title
    from figures
    left join sources
        on figures.source_id = sources.source_id
)

select * from final
