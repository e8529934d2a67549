with

milestones as (
    select * from {{ ref('int_pilots__milestones') }}
),

final as (
    select
        pilot_id,
        milestone_number,
        milestone,
        milestone_date,
        is_demonstration,
        source_file,
        source_sha256
    from milestones
)

select * from final
