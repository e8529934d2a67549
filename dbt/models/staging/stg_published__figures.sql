with

raw_figures as (
    select * from {{ source('raw', 'published_figure') }}
),

final as (
    select
        -- ids
        figure_id,
        goal_id,
        source_id,
        section,
        period,

        -- text
        topic_nb,
        topic_en,
        population_nb,
        population_en,
        measure_nb,
        measure_en,

        -- figures as they were published
        value,
        value_high,
        unit,
        comparator,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_figures
)

select * from final
