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
        'shown' as status,
        waves.is_demonstration,
        waves.source_file,
        waves.source_sha256
    from comparisons
    inner join waves
        on comparisons.wave = waves.wave
)

select * from final
