with

comparisons as (
    select * from {{ ref('int_survey__comparisons') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

final as (
    select
        comparisons.kind,
        comparisons.goal_id,
        comparisons.indicator_id,
        comparisons.question_id as item_id,
        comparisons.wave as period,
        comparisons.node_id,
        comparisons.role_id,
        comparisons.compared_role_id,
        comparisons.compared_wave as compared_period,
        comparisons.is_carried,
        comparisons.measure,
        comparisons.value,
        comparisons.compared_value,
        comparisons.compared_lower,
        comparisons.compared_upper,
        comparisons.difference,
        comparisons.standard_error,
        comparisons.lower,
        comparisons.upper,
        comparisons.n,
        comparisons.n_compared,
        comparisons.p_value,
        comparisons.p_adjusted,
        comparisons.outcome,
        comparisons.why_not_tested,
        case
            when 'published' in (waves.wave_form, compared_waves.wave_form) then 'published'
            else 'shown'
        end as status,
        waves.is_demonstration,
        waves.source_file,
        waves.source_sha256
    from comparisons
    inner join waves
        on comparisons.wave = waves.wave
    left join waves as compared_waves
        on comparisons.compared_wave = compared_waves.wave
)

select * from final
