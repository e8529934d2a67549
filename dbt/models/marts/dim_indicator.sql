with

final as (
    select
        indicator_id,
        goal_id,
        sort_order,
        name_nb,
        name_en,
        definition_nb,
        definition_en,
        population_nb,
        population_en,
        measure,
        answer_class,
        role_id,
        compared_role_id,
        unit,
        direction,
        domain,
        kind,
        is_headline
    from {{ ref('indicators') }}
)

select * from final
