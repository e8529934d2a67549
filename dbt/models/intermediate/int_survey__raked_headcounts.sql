{#- Where the organisation counts its units by head alone, and its roles for all of NAV, how many
    there are of a role in a result area is not known. The respondents are then raked to the two
    margins: what comes out is how many each cell of respondents stands for. An area in which nobody
    answered is spoken for by the others. -#}

with

area_respondents as (
    select * from {{ ref('int_survey__area_respondents') }}
),

waves as (
    select * from {{ ref('int_survey__waves') }}
),

unit_headcounts as (
    select * from {{ ref('int_organisation__headcounts') }}
),

role_totals as (
    select * from {{ ref('int_organisation__role_totals') }}
),

area_totals as (
    select
        organisation_period,
        area_node_id,
        sum(headcount) as headcount
    from unit_headcounts
    where respondent_role = 'all'
    group by
        organisation_period,
        area_node_id
    having sum(headcount) > 0
),

totals_by_role as (
    select
        organisation_period,
        sum(headcount) as headcount
    from role_totals
    group by organisation_period
),

totals_by_area as (
    select
        organisation_period,
        sum(headcount) as headcount
    from area_totals
    group by organisation_period
),

agreeing_periods as (
    select
        totals_by_role.organisation_period,
        abs(cast(totals_by_area.headcount as double) / totals_by_role.headcount - 1)
        <= {{ var('margins_tolerance') }} as is_agreed
    from totals_by_role
    inner join totals_by_area
        on totals_by_role.organisation_period = totals_by_area.organisation_period
),

cells as (
    select
        area_respondents.wave,
        area_respondents.area_node_id,
        area_respondents.line_node_id,
        area_respondents.respondent_role,
        agreeing_periods.is_agreed,
        cast(area_respondents.n_with_unit as double) as fitted,
        cast(area_totals.headcount as double) as area_headcount,
        cast(role_totals.headcount as double) as role_headcount
    from area_respondents
    inner join waves
        on area_respondents.wave = waves.wave
    inner join agreeing_periods
        on waves.organisation_period = agreeing_periods.organisation_period
    inner join area_totals
        on
            waves.organisation_period = area_totals.organisation_period
            and area_respondents.area_node_id = area_totals.area_node_id
    inner join role_totals
        on
            waves.organisation_period = role_totals.organisation_period
            and area_respondents.respondent_role = role_totals.respondent_role
    where area_respondents.n_with_unit > 0
),

-- each margin once, and both with the sum of the roles that answered
numbered as (
    select
        *,
        row_number() over (
            partition by wave, area_node_id
            order by respondent_role
        ) as place_in_area,
        row_number() over (
            partition by wave, respondent_role
            order by area_node_id
        ) as place_in_role
    from cells
),

with_sums as (
    select
        *,
        sum(case when place_in_area = 1 then area_headcount end) over (partition by wave)
            as sum_of_areas,
        sum(case when place_in_role = 1 then role_headcount end) over (partition by wave)
            as sum_of_roles
    from numbered
),

with_targets as (
    select
        *,
        area_headcount * sum_of_roles / sum_of_areas as area_target,
        role_headcount as role_target
    from with_sums
),

{{ raked(
    'with_targets',
    margins={'area_node_id': 'area_target', 'respondent_role': 'role_target'},
    columns=[
        'wave', 'area_node_id', 'line_node_id', 'respondent_role', 'area_target', 'role_target',
        'is_agreed',
    ],
    rounds=var('raking_rounds'),
) }},

-- where one margin cannot be met nothing is known of any
judged as (
    select
        *,
        coalesce(
            is_agreed and max(coalesce(miss, 1)) over (partition by wave) < 1e-6, false
        ) as is_converged
    from raked
),

final as (
    select
        wave,
        area_node_id,
        line_node_id,
        respondent_role,
        case when is_converged then round(fitted, 9) end as headcount,
        is_converged
    from judged
)

select * from final
