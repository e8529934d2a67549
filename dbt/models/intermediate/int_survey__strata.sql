{#- A headcount below the number who answered is wrong somewhere: those who answered then stand for
    themselves, and the sample is not taken to be all there are. -#}

with

cells as (
    select * from {{ ref('int_survey__cells') }}
),

-- who did not say where they work counts with the whole of the role, spread as those who did
roles as (
    select
        wave,
        respondent_role,
        sum(headcount) as headcount,
        sum(n_respondents) as n_respondents,
        sum(case
            when headcount is null and area_node_id = '{{ var("root_node") }}' then n_respondents
            else 0
        end) as n_without_area
    from cells
    group by
        wave,
        respondent_role
),

spread as (
    select
        cells.wave,
        cells.stratum_id,
        coalesce(cells.drawn_from_id, cells.stratum_id) as drawn_from_id,
        cells.is_raked,
        cells.n_respondents,
        case
            when cells.headcount is not null
                then
                    cells.headcount
                    * (1e0 - cast(roles.n_without_area as double) / roles.n_respondents)
            when cells.area_node_id = '{{ var("root_node") }}'
                then roles.headcount * cast(cells.n_respondents as double) / roles.n_respondents
        end as headcount
    from cells
    inner join roles
        on
            cells.wave = roles.wave
            and cells.respondent_role = roles.respondent_role
    -- of a role in which nobody answered there is nothing to weight
    where roles.n_respondents > 0
),

summed as (
    select
        wave,
        stratum_id,
        min(drawn_from_id) as drawn_from_id,
        max(case when is_raked then 1 else 0 end) = 1 as is_raked,
        cast(sum(n_respondents) as {{ dbt.type_int() }}) as n_respondents,
        cast({{ exact_sum('headcount') }} as double) as headcount,
        count(*) as n_cells,
        min(case when headcount is null and n_respondents > 0 then 0 else 1 end) = 1
            as has_headcount
    from spread
    group by
        wave,
        stratum_id
),

means as (
    select
        wave,
        cast({{ exact_sum('headcount') }} as double) / sum(n_respondents) as mean_weight
    from summed
    where has_headcount
    group by wave
),

beside_means as (
    select
        summed.*,
        means.mean_weight
    from summed
    left join means
        on summed.wave = means.wave
),

weighted as (
    select
        *,
        headcount < n_respondents as is_exceeded,
        headcount / n_respondents > {{ var('largest_weight') }} * mean_weight as is_trimmed,
        case
            when has_headcount
                then round(least(
                    greatest(headcount / n_respondents, 1e0),
                    {{ var('largest_weight') }} * mean_weight
                ), 9)
        end as weight
    from beside_means
),

in_what_was_drawn_from as (
    select
        *,
        sum(n_respondents) over (partition by wave, drawn_from_id) as n_drawn,
        cast({{ exact_sum('headcount') }} over (partition by wave, drawn_from_id) as double)
            as headcount_drawn_from,
        min(case when has_headcount then 1 else 0 end) over (partition by wave, drawn_from_id) = 1
            as is_drawn_from_known
    from weighted
),

final as (
    select
        wave,
        stratum_id,
        drawn_from_id,
        n_respondents,
        cast(n_drawn as {{ dbt.type_int() }}) as n_drawn,
        headcount,
        weight,
        case
            when is_drawn_from_known and n_drawn <= headcount_drawn_from
                then n_drawn / headcount_drawn_from
            else 0
        end as sampling_fraction,
        is_raked,
        has_headcount,
        coalesce(is_exceeded, false) as is_exceeded,
        coalesce(is_trimmed, false) as is_trimmed,
        n_cells > 1 as is_collapsed
    from in_what_was_drawn_from
)

select * from final
