with

indicator_questions as (
    select * from {{ ref('int_survey__indicator_questions') }}
    where indicator_measure = 'gap'
),

shares as (
    select * from {{ ref('int_survey__measures') }}
    where measure = 'share'
),

pairs as (
    select
        indicator_questions.indicator_id,
        shares.wave,
        shares.question_id,
        shares.node_id,
        shares.role_id,
        compared.role_id as compared_role_id,
        shares.value as share,
        shares.value_unweighted as share_unweighted,
        shares.standard_error as share_error,
        shares.is_weighted and compared.is_weighted as is_weighted,
        shares.lower as share_lower,
        shares.upper as share_upper,
        compared.value as compared,
        compared.value_unweighted as compared_unweighted,
        compared.standard_error as compared_error,
        compared.lower as compared_lower,
        compared.upper as compared_upper,
        shares.n,
        compared.n as n_compared,
        shares.source_ref
    from indicator_questions
    inner join shares
        on
            indicator_questions.wave = shares.wave
            and indicator_questions.question_id = shares.question_id
            and indicator_questions.answer_class = shares.category_id
            and indicator_questions.role_id = shares.role_id
    inner join shares as compared
        on
            shares.wave = compared.wave
            and shares.question_id = compared.question_id
            and shares.node_id = compared.node_id
            and shares.category_id = compared.category_id
            and indicator_questions.compared_role_id = compared.role_id
),

final as (
    select
        indicator_id,
        wave,
        question_id,
        node_id,
        role_id,
        compared_role_id,
        share - compared as value,
        share_unweighted - compared_unweighted as value_unweighted,
        -- the roles are strata of their own, and so drawn apart
        sqrt(share_error * share_error + compared_error * compared_error) as standard_error,
        {{ newcombe_interval(
            'share', 'share_lower', 'share_upper',
            'compared', 'compared_lower', 'compared_upper',
            'lower', 'upper'
        ) }},
        n,
        n_compared,
        is_weighted,
        source_ref
    from pairs
)

select * from final
