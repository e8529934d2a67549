with

question_groups as (
    select * from {{ ref('int_survey__question_groups') }}
),

role_members as (
    select * from {{ ref('role_members') }}
),

respondent_roles as (
    select distinct respondent_role from role_members
),

asked as (
    select distinct
        question_groups.wave,
        question_groups.question_id,
        coalesce(question_groups.wording_nb, question_groups.column_name) as wording,
        respondent_roles.respondent_role
    from question_groups
    inner join respondent_roles
        on
            {{ dbt.concat(["','", "replace(question_groups.asked_of, ' ', '')", "','"]) }}
            like {{ dbt.concat(["'%,'", "respondent_roles.respondent_role", "',%'"]) }}
),

-- answers to different wordings are not added together
wordings_in_role as (
    select
        asked.wave,
        asked.question_id,
        role_members.role_id,
        count(distinct asked.wording) as n_wordings
    from asked
    inner join role_members
        on asked.respondent_role = role_members.respondent_role
    group by
        asked.wave,
        asked.question_id,
        role_members.role_id
),

final as (
    select
        asked.wave,
        asked.question_id,
        wordings_in_role.role_id,
        asked.respondent_role
    from asked
    inner join role_members
        on asked.respondent_role = role_members.respondent_role
    inner join wordings_in_role
        on
            asked.wave = wordings_in_role.wave
            and asked.question_id = wordings_in_role.question_id
            and role_members.role_id = wordings_in_role.role_id
    where wordings_in_role.n_wordings = 1
)

select * from final
