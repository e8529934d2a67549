with

pilots as (
    select * from {{ ref('int_pilots__pilots') }}
    where is_in_newest_register
),

unit_names as (
    select * from {{ ref('int_pilots__unit_names') }}
),

codes as (
    select * from {{ ref('codes') }}
),

final as (
    select
        pilots.pilot_id,
        cast(pilots.register_year as {{ dbt.type_string() }}) as period,
        pilots.goal_id,
        pilots.name_nb,
        coalesce(pilots.name_en, pilots.name_nb) as name_en,
        pilots.purpose,
        pilot_units.unit_names,
        comparison_units.unit_names as comparison_unit_names,
        cast(coalesce(pilot_units.n_units, 0) as {{ dbt.type_int() }}) as n_units,
        cast(coalesce(comparison_units.n_units, 0) as {{ dbt.type_int() }}) as n_comparison_units,
        pilots.start_date,
        pilots.end_date,
        pilots.status_id,
        statuses.label_nb as status_nb,
        statuses.label_en as status_en,
        statuses.sort_order as status_order,
        cast(pilots.cost_estimate as double) as cost_estimate,
        cast(pilots.cost_so_far as double) as cost_so_far,
        pilots.primary_metric_id as primary_metric_nb,
        coalesce(pilots.primary_metric_en, pilots.primary_metric_id) as primary_metric_en,
        pilots.direction,
        pilots.evaluation_design,
        pilots.has_purpose,
        pilots.has_timeline,
        pilots.has_cost_estimate,
        pilots.has_plan,
        pilots.has_evaluation,
        pilots.has_all_parts,
        frames.label_nb as frames_nb,
        frames.label_en as frames_en,
        case pilots.frames_id when 'yes' then true when 'no' then false end as is_within_frames,
        pilots.is_demonstration,
        pilots.source_file,
        pilots.source_sha256,
        pilots.source_row
    from pilots
    left join unit_names as pilot_units
        on
            pilots.register_year = pilot_units.register_year
            and pilots.pilot_id = pilot_units.pilot_id
            and pilot_units.group_id = 'pilot'
    left join unit_names as comparison_units
        on
            pilots.register_year = comparison_units.register_year
            and pilots.pilot_id = comparison_units.pilot_id
            and comparison_units.group_id = 'comparison'
    left join codes as statuses
        on
            pilots.status_id = statuses.code_id
            and statuses.code_list = 'pilot_status'
    left join codes as frames
        on
            pilots.frames_id = frames.code_id
            and frames.code_list = 'pilot_frames'
)

select * from final
