with

population_estimates as (
    select * from {{ ref('int_survey__population_estimates') }}
    where population = 'node'
),

questions as (
    select distinct
        wave,
        question_id,
        battery_id
    from {{ ref('int_survey__question_groups') }}
),

in_batteries as (
    select
        population_estimates.*,
        questions.battery_id
    from population_estimates
    inner join questions
        on
            population_estimates.wave = questions.wave
            and population_estimates.question_id = questions.question_id
),

final as (
    select
        *,
        {{ rank_in_battery('strength') }} as rank_strength,
        {{ rank_in_battery('share_positive') }} as rank_positive,
        {{ rank_in_battery('strength_unweighted') }} as rank_strength_unweighted,
        {{ rank_in_battery('share_positive_unweighted') }} as rank_positive_unweighted
    from in_batteries
)

select * from final
