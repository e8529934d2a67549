with

answer_counts as (
    select * from {{ ref('int_survey__answer_counts') }}
),

unit_strata as (
    select * from {{ ref('int_survey__unit_strata') }}
),

-- a later organisation's nodes too, where an earlier wave is to be set beside a later one
unit_nodes as (
    select
        wave,
        wave as node_wave,
        unit_code,
        node_id,
        level
    from {{ ref('int_survey__unit_nodes') }}
    union all
    select
        wave,
        node_wave,
        unit_code,
        node_id,
        level
    from {{ ref('int_survey__carried_units') }}
    where relation = 'carried'
),

answer_scores as (
    select * from {{ ref('int_survey__answer_scores') }}
),

asked_roles as (
    select * from {{ ref('int_survey__asked_roles') }}
),

counts_by_unit as (
    select
        answer_counts.wave,
        answer_counts.question_id,
        answer_counts.unit_code,
        answer_counts.respondent_role,
        {% for class in ['missing', 'negative', 'neutral', 'positive'] %}
            sum(case answer_counts.answer_class when '{{ class }}' then answer_counts.n else 0 end)
                as n_{{ class }},
        {% endfor %}
        sum(coalesce(answer_counts.n * answer_scores.score, 0)) as score,
        sum(coalesce(answer_counts.n * answer_scores.score * answer_scores.score, 0))
            as score_squared
    from answer_counts
    left join answer_scores
        on
            answer_counts.wave = answer_scores.wave
            and answer_counts.question_id = answer_scores.question_id
            and answer_counts.answer_code = answer_scores.answer_code
    group by
        answer_counts.wave,
        answer_counts.question_id,
        answer_counts.unit_code,
        answer_counts.respondent_role
),

final as (
    select
        counts_by_unit.wave,
        unit_nodes.node_wave,
        counts_by_unit.question_id,
        unit_nodes.node_id,
        unit_nodes.level,
        asked_roles.role_id,
        unit_strata.stratum_id,
        {% for class in ['missing', 'negative', 'neutral', 'positive'] %}
            cast(sum(counts_by_unit.n_{{ class }}) as {{ dbt.type_int() }}) as n_{{ class }},
        {% endfor %}
        cast(
            sum(counts_by_unit.n_negative + counts_by_unit.n_neutral + counts_by_unit.n_positive)
            as {{ dbt.type_int() }}
        ) as n_answered,
        cast(sum(counts_by_unit.score) as {{ dbt.type_bigint() }}) as score,
        cast(sum(counts_by_unit.score_squared) as {{ dbt.type_bigint() }}) as score_squared
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
        unit_nodes.node_wave,
        counts_by_unit.question_id,
        unit_nodes.node_id,
        unit_nodes.level,
        asked_roles.role_id,
        unit_strata.stratum_id
)

select * from final
