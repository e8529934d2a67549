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

counts_by_node as (
    select
        answer_counts.wave,
        answer_counts.question_id,
        unit_nodes.node_id,
        unit_nodes.level,
        answer_counts.respondent_role,
        answer_counts.answer_code,
        answer_counts.answer_class,
        sum(answer_counts.n) as n,
        {{ exact_sum('answer_counts.n * unit_strata.weight') }} as weighted_n
    from answer_counts
    inner join unit_strata
        on
            answer_counts.wave = unit_strata.wave
            and answer_counts.unit_code = unit_strata.unit_code
            and answer_counts.respondent_role = unit_strata.respondent_role
    inner join unit_nodes
        on
            answer_counts.wave = unit_nodes.wave
            and answer_counts.unit_code = unit_nodes.unit_code
    group by
        answer_counts.wave,
        answer_counts.question_id,
        unit_nodes.node_id,
        unit_nodes.level,
        answer_counts.respondent_role,
        answer_counts.answer_code,
        answer_counts.answer_class
),

final as (
    select
        counts_by_node.wave,
        counts_by_node.question_id,
        counts_by_node.node_id,
        asked_roles.role_id,
        counts_by_node.answer_code,
        counts_by_node.answer_class,
        cast(sum(counts_by_node.n) as {{ dbt.type_int() }}) as n,
        cast({{ exact_sum('counts_by_node.weighted_n') }} as double) as weighted_n
    from counts_by_node
    inner join asked_roles
        on
            counts_by_node.wave = asked_roles.wave
            and counts_by_node.question_id = asked_roles.question_id
            and counts_by_node.respondent_role = asked_roles.respondent_role
    -- a role in a unit is a handful of people: units are shown as a whole
    where counts_by_node.level != 'unit' or asked_roles.role_id = 'all'
    group by
        counts_by_node.wave,
        counts_by_node.question_id,
        counts_by_node.node_id,
        asked_roles.role_id,
        counts_by_node.answer_code,
        counts_by_node.answer_class
)

select * from final
