-- Whoever answered counts in the root, once, whatever unit and role.
with

waves as (
    select * from {{ ref('int_survey__waves') }}
),

in_root as (
    select * from {{ ref('int_survey__respondents') }}
    where
        node_id = '{{ var("root_node") }}'
        and role_id = 'all'
),

final as (
    select
        waves.wave,
        waves.n_respondents,
        in_root.n_respondents as n_in_root
    from waves
    left join in_root
        on waves.wave = in_root.wave
    where waves.n_respondents <> coalesce(in_root.n_respondents, 0)
)

select * from final
