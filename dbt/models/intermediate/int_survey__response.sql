{% set marks = ['trimmed', 'collapsed', 'exceeded'] %}

with

respondents as (
    select * from {{ ref('int_survey__respondents') }}
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

ancestors as (
    select * from {{ ref('int_organisation__node_ancestors') }}
),

role_members as (
    select * from {{ ref('role_members') }}
),

unit_nodes as (
    select * from {{ ref('int_survey__unit_nodes') }}
),

unit_strata as (
    select * from {{ ref('int_survey__unit_strata') }}
),

strata as (
    select * from {{ ref('int_survey__strata') }}
),

nodes as (
    select distinct
        wave,
        node_id,
        level
    from unit_nodes
),

in_nodes as (
    select
        waves.wave,
        ancestors.ancestor_id as node_id,
        role_members.role_id,
        sum(unit_headcounts.headcount) as headcount
    from unit_headcounts
    inner join waves
        on unit_headcounts.organisation_period = waves.organisation_period
    inner join ancestors
        on
            unit_headcounts.organisation_period = ancestors.organisation_period
            and unit_headcounts.unit_code = ancestors.node_id
    inner join role_members
        on unit_headcounts.respondent_role = role_members.respondent_role
    group by
        waves.wave,
        ancestors.ancestor_id,
        role_members.role_id
),

-- the roles of units that are counted by head alone are known for all of NAV
of_roles as (
    select
        waves.wave,
        '{{ var("root_node") }}' as node_id,
        role_members.role_id,
        sum(role_totals.headcount) as headcount
    from role_totals
    inner join waves
        on role_totals.organisation_period = waves.organisation_period
    inner join role_members
        on role_totals.respondent_role = role_members.respondent_role
    where role_members.role_id <> 'all'
    group by
        waves.wave,
        role_members.role_id
),

headcounts as (
    select * from in_nodes
    union all
    select * from of_roles
),

waves_raked as (
    select
        wave,
        min(case when is_converged then 1 else 0 end) = 1 as is_converged
    from {{ ref('int_survey__raked_headcounts') }}
    group by wave
),

weights as (
    select
        strata.wave,
        case
            when waves_raked.is_converged then 'margins'
            when max(case when strata.has_headcount then 1 else 0 end) = 1 then 'cells'
            when waves_raked.is_converged is not null then 'not_converged'
            else 'nothing'
        end as weighted_by
    from strata
    left join waves_raked
        on strata.wave = waves_raked.wave
    group by
        strata.wave,
        waves_raked.is_converged
),

strata_in_nodes as (
    select distinct
        unit_nodes.wave,
        unit_nodes.node_id,
        role_members.role_id,
        strata.stratum_id,
        {% for mark in marks %}
            strata.is_{{ mark }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from unit_nodes
    inner join unit_strata
        on
            unit_nodes.wave = unit_strata.wave
            and unit_nodes.unit_code = unit_strata.unit_code
    inner join role_members
        on unit_strata.respondent_role = role_members.respondent_role
    inner join strata
        on
            unit_strata.wave = strata.wave
            and unit_strata.stratum_id = strata.stratum_id
),

strata_counts as (
    select
        wave,
        node_id,
        role_id,
        count(*) as n_strata,
        {% for mark in marks %}
            sum(case when is_{{ mark }} then 1 else 0 end) as n_{{ mark }}_strata
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from strata_in_nodes
    group by
        wave,
        node_id,
        role_id
),

final as (
    select
        respondents.wave,
        respondents.node_id,
        respondents.role_id,
        respondents.n_respondents,
        cast(headcounts.headcount as {{ dbt.type_int() }}) as headcount,
        {{ share('respondents.n_respondents', 'headcounts.headcount') }} as response_rate,
        weights.weighted_by,
        {% for counted in ['strata', 'trimmed_strata', 'collapsed_strata', 'exceeded_strata'] %}
            cast(strata_counts.n_{{ counted }} as {{ dbt.type_int() }}) as n_{{ counted }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from respondents
    inner join weights
        on respondents.wave = weights.wave
    inner join nodes
        on
            respondents.wave = nodes.wave
            and respondents.node_id = nodes.node_id
    inner join strata_counts
        on
            respondents.wave = strata_counts.wave
            and respondents.node_id = strata_counts.node_id
            and respondents.role_id = strata_counts.role_id
    left join headcounts
        on
            respondents.wave = headcounts.wave
            and respondents.node_id = headcounts.node_id
            and respondents.role_id = headcounts.role_id
    -- a role in a unit is a handful of people: units are shown as a whole
    where nodes.level <> 'unit' or respondents.role_id = 'all'
)

select * from final
