with

final as (
    select
        goal_id,
        short_name_nb,
        short_name_en,
        description_nb,
        description_en
    from {{ ref('goals') }}
)

select * from final
