-- A published share is of a role that the question was put to, and of a class that its scale has.
with

shares as (
    select * from {{ ref('int_survey__published_shares') }}
),

asked as (
    select distinct
        asked_roles.wave,
        asked_roles.question_id,
        asked_roles.role_id,
        categories.category_id
    from {{ ref('int_survey__asked_roles') }} as asked_roles
    inner join {{ ref('int_survey__categories') }} as categories
        on
            asked_roles.wave = categories.wave
            and asked_roles.question_id = categories.question_id
),

final as (
    select
        shares.wave,
        shares.question_id,
        shares.role_id,
        shares.answer_class
    from shares
    left join asked
        on
            shares.wave = asked.wave
            and shares.question_id = asked.question_id
            and shares.role_id = asked.role_id
            and shares.answer_class = asked.category_id
    where asked.wave is null
)

select * from final
