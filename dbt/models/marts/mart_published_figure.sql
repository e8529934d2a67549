with

figures as (
    select * from {{ ref('int_published__figures') }}
),

final as (
    select
        figure_id,
        goal_id,
        topic_nb,
        topic_en,
        population_nb,
        population_en,
        measure_nb,
        measure_en,
        value,
        value_high,
        unit,
        comparator,
        period,
        source_id,
        source_title,
        section,
        is_demonstration,
        source_file,
        source_sha256
    from figures
)

select * from final
