with

raw_pilots as (
    select * from {{ source('raw', 'pilot') }}
),

final as (
    select
        -- ids
        period as register_year,
        pilot_id,
        goal_id,
        unit_codes,
        comparison_unit_codes,
        primary_metric as primary_metric_id,

        -- text
        name_nb,
        name_en,
        purpose,
        primary_metric_en,
        direction,
        evaluation_design,
        within_frames,
        status_id,
        milestone_1,
        milestone_2,
        milestone_3,
        milestone_4,
        milestone_5,
        milestone_6,

        -- numbers
        cost_estimate,
        cost_so_far,

        -- dates
        start_date,
        end_date,
        milestone_1_date,
        milestone_2_date,
        milestone_3_date,
        milestone_4_date,
        milestone_5_date,
        milestone_6_date,

        -- lineage
        is_demonstration,
        source_file,
        source_row,
        source_sha256
    from raw_pilots
)

select * from final
