with

final as (
    select
        role_id,
        sort_order,
        name_nb,
        name_en
    from {{ ref('roles') }}
)

select * from final
