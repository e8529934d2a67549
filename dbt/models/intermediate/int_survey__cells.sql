{#- Where nobody or one person answered in a cell, there is no spread to see, and nobody to speak
    for the rest: such cells of a role are taken together within their line, or else in all of NAV,
    or else with the largest cell of the role; where the role has one respondent in all, with the
    largest cell there is. Raking looks at no cell alone, and needs two in an area only. -#}
{% set root = var('root_node') %}

with

respondents as (
    select * from {{ ref('int_survey__area_respondents') }}
),

raked as (
    select * from {{ ref('int_survey__raked_headcounts') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

unit_headcounts as (
    select * from {{ ref('int_organisation__headcounts') }}
),

-- how a survey without units was drawn is not known, so there is nothing to weight it by
waves_with_units as (
    select wave from respondents
    group by wave
    having sum(n_with_unit) > 0
),

waves_without_roles as (
    select distinct wave from respondents
    where respondent_role = 'all'
),

headcounts as (
    select
        waves.wave,
        unit_headcounts.area_node_id,
        unit_headcounts.line_node_id,
        unit_headcounts.respondent_role,
        cast(sum(unit_headcounts.headcount) as double) as headcount,
        false as is_raked
    from unit_headcounts
    inner join waves
        on unit_headcounts.organisation_period = waves.organisation_period
    inner join waves_with_units
        on waves.wave = waves_with_units.wave
    left join waves_without_roles
        on waves.wave = waves_without_roles.wave
    -- who is counted by head alone has no role, and is no cell beside those who have
    where
        unit_headcounts.respondent_role <> 'all'
        or waves_without_roles.wave is not null
    group by
        waves.wave,
        unit_headcounts.area_node_id,
        unit_headcounts.line_node_id,
        unit_headcounts.respondent_role
    having sum(unit_headcounts.headcount) > 0
    union all
    select
        wave,
        area_node_id,
        line_node_id,
        respondent_role,
        headcount,
        true as is_raked
    from raked
    where is_converged
),

cells as (
    select
        coalesce(respondents.wave, headcounts.wave) as wave,
        coalesce(respondents.area_node_id, headcounts.area_node_id) as area_node_id,
        coalesce(respondents.line_node_id, headcounts.line_node_id) as line_node_id,
        coalesce(respondents.respondent_role, headcounts.respondent_role) as respondent_role,
        coalesce(respondents.n_respondents, 0) as n_respondents,
        headcounts.headcount,
        max(case when headcounts.is_raked then 1 else 0 end) over (
            partition by coalesce(respondents.wave, headcounts.wave)
        ) = 1 as is_raked
    from respondents
    full outer join headcounts
        on
            respondents.wave = headcounts.wave
            and respondents.area_node_id = headcounts.area_node_id
            and respondents.respondent_role = headcounts.respondent_role
),

pooled_in_lines as (
    select
        *,
        n_respondents < 2 as is_small,
        sum(case when n_respondents < 2 then n_respondents else 0 end) over (
            partition by wave, line_node_id, respondent_role
        ) as n_pooled_in_line,
        sum(n_respondents) over (partition by wave, respondent_role) as n_in_role,
        sum(n_respondents) over (partition by wave, area_node_id) as n_in_area,
        first_value(area_node_id) over (
            partition by wave, respondent_role
            order by n_respondents desc, area_node_id asc
        ) as largest_area_node_id,
        first_value({{ dbt.concat(["area_node_id", "':'", "respondent_role"]) }}) over (
            partition by wave
            order by n_respondents desc, area_node_id asc, respondent_role asc
        ) as largest_stratum_id
    from cells
),

pooled as (
    select
        *,
        sum(case when is_small and n_pooled_in_line < 2 then n_respondents else 0 end) over (
            partition by wave, respondent_role
        ) as n_pooled,
        first_value(area_node_id) over (
            partition by wave
            order by n_in_area desc, area_node_id asc
        ) as most_answered_area_node_id
    from pooled_in_lines
),

final as (
    select
        wave,
        area_node_id,
        line_node_id,
        respondent_role,
        cast(n_respondents as {{ dbt.type_int() }}) as n_respondents,
        headcount,
        is_raked,
        case
            when is_raked then {{ dbt.concat(["area_node_id", "':'", "respondent_role"]) }}
            when n_in_role < 2 then largest_stratum_id
            when not is_small then {{ dbt.concat(["area_node_id", "':'", "respondent_role"]) }}
            when n_pooled_in_line >= 2
                then {{ dbt.concat(["line_node_id", "' (pooled):'", "respondent_role"]) }}
            when n_pooled >= 2
                then {{ dbt.concat(["'" ~ root ~ " (pooled):'", "respondent_role"]) }}
            else {{ dbt.concat(["largest_area_node_id", "':'", "respondent_role"]) }}
        end as stratum_id,
        -- of raked cells the margins alone are known: an area is what was drawn from
        case
            when is_raked and n_in_area >= 2 then area_node_id
            when is_raked then most_answered_area_node_id
        end as drawn_from_id
    from pooled
)

select * from final
