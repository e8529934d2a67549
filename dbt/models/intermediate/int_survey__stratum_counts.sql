with

answer_counts as (
    select * from {{ ref('int_survey__answer_counts') }}
),

unit_strata as (
    select * from {{ ref('int_survey__unit_strata') }}
),

unit_nodes as (
    select * from {{ ref('int_survey__unit_nodes') }}
),

asked_roles as (
    select * from {{ ref('int_survey__asked_roles') }}
),

counts_by_unit as (
    select
        wave,
        question_id,
        unit_code,
        respondent_role,
        {% for class in ['missing', 'negative', 'neutral', 'positive'] %}
            sum(case when answer_class = '{{ class }}' then n else 0 end) as n_{{ class }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from answer_counts
    group by
        wave,
        question_id,
        unit_code,
        respondent_role
),

final as (
    select
        counts_by_unit.wave,
        counts_by_unit.question_id,
        unit_nodes.node_id,
        asked_roles.role_id,
        unit_strata.stratum_id,
        {% for class in ['missing', 'negative', 'neutral', 'positive'] %}
            cast(sum(counts_by_unit.n_{{ class }}) as {{ dbt.type_int() }}) as n_{{ class }},
        {% endfor %}
        cast(
            sum(counts_by_unit.n_negative + counts_by_unit.n_neutral + counts_by_unit.n_positive)
            as {{ dbt.type_int() }}
        ) as n_answered
    from counts_by_unit
    inner join unit_strata
        on
            counts_by_unit.wave = unit_strata.wave
            and counts_by_unit.unit_code = unit_strata.unit_code
            and counts_by_unit.respondent_role = unit_strata.respondent_role
    inner join unit_nodes
        on
            counts_by_unit.wave = unit_nodes.wave
            and counts_by_unit.unit_code = unit_nodes.unit_code
    inner join asked_roles
        on
            counts_by_unit.wave = asked_roles.wave
            and counts_by_unit.question_id = asked_roles.question_id
            and counts_by_unit.respondent_role = asked_roles.respondent_role
    -- a role in a unit is a handful of people: units are shown as a whole
    where unit_nodes.level != 'unit' or asked_roles.role_id = 'all'
    group by
        counts_by_unit.wave,
        counts_by_unit.question_id,
        unit_nodes.node_id,
        asked_roles.role_id,
        unit_strata.stratum_id
)

select * from final
