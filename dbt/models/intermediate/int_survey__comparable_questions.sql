{#- Why a question's figures may not be set against those of the wave before; empty where they may.
    Who was asked is part of the question: the same words put to others give another figure. -#}

with

question_groups as (
    select * from {{ ref('int_survey__question_groups') }}
),

asked_roles as (
    select * from {{ ref('int_survey__asked_roles') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

questions as (
    select
        wave,
        question_id,
        max(comparable_wave) as comparable_wave,
        max(comparability_break) as comparability_break
    from question_groups
    group by
        wave,
        question_id
),

-- of a role that is asked in both waves, the members that only one of them asked
asked_in_one as (
    select
        questions.wave,
        questions.question_id,
        asked_roles.role_id,
        asked_roles.respondent_role
    from questions
    inner join asked_roles
        on
            questions.question_id = asked_roles.question_id
            and asked_roles.wave in (questions.wave, questions.comparable_wave)
    group by
        questions.wave,
        questions.question_id,
        asked_roles.role_id,
        asked_roles.respondent_role
    having count(*) = 1
),

otherwise_asked as (
    select distinct
        wave,
        question_id,
        role_id
    from asked_in_one
),

asked as (
    select distinct
        wave,
        question_id,
        role_id
    from asked_roles
),

final as (
    select
        asked.wave,
        asked.question_id,
        asked.role_id,
        questions.comparable_wave,
        case
            when questions.comparable_wave is null then 'first_time'
            when questions.comparability_break <> 'none' then questions.comparability_break
            when waves.wave is null then 'wave_not_there'
            when otherwise_asked.wave is not null then 'asked_of'
        end as reason
    from asked
    inner join questions
        on
            asked.wave = questions.wave
            and asked.question_id = questions.question_id
    left join waves
        on questions.comparable_wave = waves.wave
    left join otherwise_asked
        on
            asked.wave = otherwise_asked.wave
            and asked.question_id = otherwise_asked.question_id
            and asked.role_id = otherwise_asked.role_id
)

select * from final
