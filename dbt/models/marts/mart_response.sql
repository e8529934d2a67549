with

response as (
    select * from {{ ref('int_survey__response') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

final as (
    select
        response.wave as period,
        response.node_id,
        response.role_id,
        response.n_respondents,
        response.headcount,
        response.response_rate,
        response.weighted_by,
        response.n_strata,
        response.n_trimmed_strata,
        response.n_collapsed_strata,
        response.n_exceeded_strata,
        'shown' as status,
        waves.is_demonstration,
        waves.source_file,
        waves.source_sha256
    from response
    inner join waves
        on response.wave = waves.wave
)

select * from final
