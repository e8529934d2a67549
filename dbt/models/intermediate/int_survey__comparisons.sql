{#- A figure beside the same figure of an earlier wave, of all other nodes, or of all other roles; a
    gap's two roles beside each other. Waves, nodes above the units, and roles are drawn apart, so
    that their errors add up. Asked twice of the same staff, waves go together rather than apart,
    which makes the error of a change too large rather than too small. -#}
{% set kinds = {
    'waves': ['increased', 'decreased', 'no_sure_change'],
    'nodes': ['higher', 'lower', 'no_sure_difference'],
    'roles': ['higher', 'lower', 'no_sure_difference'],
} %}
{% set measures = ['share_negative', 'share_neutral', 'share_positive', 'balance'] %}
{% set family = "kind, goal_id, wave, node_id, role_id, coalesce(compared_role_id, '')" %}

with

indicator_questions as (
    select
        *,
        case
            when indicator_measure in ('share', 'gap')
                then {{ dbt.concat(["'share_'", 'answer_class']) }}
            when indicator_measure in ('balance', 'battery') then 'balance'
        end as tested_measure
    from {{ ref('int_survey__indicator_questions') }}
    -- ranks have an interval of their own
    where indicator_measure <> 'rank'
),

comparable_questions as (
    select * from {{ ref('int_survey__comparable_questions') }}
),

relations as (
    select distinct
        wave,
        node_wave,
        node_id,
        relation
    from {{ ref('int_survey__carried_units') }}
),

estimates as (
    {% for measure in measures %}
        select
            wave,
            node_wave,
            population,
            question_id,
            node_id,
            role_id,
            '{{ measure }}' as tested_measure,
            {{ measure }} as value,
            {{ measure }}_error as error,
            {{ measure }}_lower as lower,
            {{ measure }}_upper as upper,
            n_answered as n,
            {{ measure }}_n_effective as n_effective
        from {{ ref('int_survey__population_estimates') }}
        where n_answered > 0
        union all
    {% endfor %}
    select
        wave,
        wave as node_wave,
        'node' as population,
        question_id,
        node_id,
        role_id,
        {{ dbt.concat(["'share_'", 'answer_class']) }} as tested_measure,
        share as value,
        standard_error as error,
        lower,
        upper,
        n,
        n_effective
    from {{ ref('int_survey__published_shares') }}
),

-- what each indicator says of one role
figures as (
    select
        indicator_questions.goal_id,
        indicator_questions.indicator_id,
        indicator_questions.indicator_measure,
        indicator_questions.role_id as indicator_role_id,
        indicator_questions.compared_role_id as indicator_compared_role_id,
        estimates.*
    from indicator_questions
    inner join estimates
        on
            indicator_questions.wave = estimates.wave
            and indicator_questions.question_id = estimates.question_id
            and indicator_questions.tested_measure = estimates.tested_measure
),

single_figures as (
    select
        *,
        cast(null as {{ dbt.type_string() }}) as compared_role_id
    from figures
    where indicator_measure <> 'gap'
),

gaps as (
    select
        figures.goal_id,
        figures.indicator_id,
        figures.indicator_measure,
        figures.indicator_role_id,
        figures.indicator_compared_role_id,
        figures.wave,
        figures.node_wave,
        figures.population,
        figures.question_id,
        figures.node_id,
        figures.role_id,
        'gap' as tested_measure,
        figures.value - compared.value as value,
        sqrt(figures.error * figures.error + compared.error * compared.error) as error,
        {{ newcombe_interval(
            'figures.value', 'figures.lower', 'figures.upper',
            'compared.value', 'compared.lower', 'compared.upper',
            'lower', 'upper'
        ) }},
        -- least may pass over an n that is not known
        case
            when figures.n <= compared.n then figures.n
            when compared.n < figures.n then compared.n
        end as n,
        cast(null as double) as n_effective,
        compared.role_id as compared_role_id
    from figures
    inner join figures as compared
        on
            figures.indicator_id = compared.indicator_id
            and figures.question_id = compared.question_id
            and figures.wave = compared.wave
            and figures.node_wave = compared.node_wave
            and figures.population = compared.population
            and figures.node_id = compared.node_id
            and figures.indicator_role_id = figures.role_id
            and figures.indicator_compared_role_id = compared.role_id
    where
        figures.indicator_measure = 'gap'
        and figures.population <> 'other_roles'
),

all_figures as (
    select * from single_figures
    union all
    select * from gaps
),

of_waves as (
    select
        'waves' as kind,
        figure.goal_id,
        figure.indicator_id,
        figure.question_id,
        figure.wave,
        figure.node_id,
        figure.role_id,
        figure.compared_role_id,
        figure.tested_measure,
        comparable_questions.comparable_wave as compared_wave,
        relations.relation,
        case
            when comparable_questions.reason is not null then comparable_questions.reason
            when relations.relation is null then 'new_node'
            when relations.relation = 'split' then 'organisation'
            when earlier.wave is null then 'nobody_answered'
        end as reason,
        figure.value,
        figure.error,
        figure.lower as value_lower,
        figure.upper as value_upper,
        figure.n,
        figure.n_effective,
        earlier.value as compared_value,
        earlier.error as compared_error,
        earlier.lower as compared_lower,
        earlier.upper as compared_upper,
        earlier.n as n_compared,
        earlier.n_effective as n_effective_compared
    from all_figures as figure
    inner join comparable_questions
        on
            figure.wave = comparable_questions.wave
            and figure.question_id = comparable_questions.question_id
            and figure.role_id = comparable_questions.role_id
    left join relations
        on
            comparable_questions.comparable_wave = relations.wave
            and figure.wave = relations.node_wave
            and figure.node_id = relations.node_id
    left join all_figures as earlier
        on
            comparable_questions.reason is null
            and comparable_questions.comparable_wave = earlier.wave
            and case relations.relation when 'same' then earlier.wave else figure.wave end
            = earlier.node_wave
            and case relations.relation when 'same' then 'node' else relations.relation end
            = earlier.population
            and figure.indicator_id = earlier.indicator_id
            and figure.question_id = earlier.question_id
            and figure.node_id = earlier.node_id
            and figure.role_id = earlier.role_id
            and coalesce(figure.compared_role_id, '') = coalesce(earlier.compared_role_id, '')
    where figure.population = 'node'
),

beside_others as (
    select
        replace(other.population, 'other_', '') as kind,
        figure.goal_id,
        figure.indicator_id,
        figure.question_id,
        figure.wave,
        figure.node_id,
        figure.role_id,
        figure.compared_role_id,
        figure.tested_measure,
        figure.value,
        figure.error,
        figure.lower as value_lower,
        figure.upper as value_upper,
        figure.n,
        figure.n_effective,
        other.value as compared_value,
        other.error as compared_error,
        other.lower as compared_lower,
        other.upper as compared_upper,
        other.n as n_compared,
        other.n_effective as n_effective_compared
    from all_figures as figure
    inner join all_figures as other
        on
            figure.wave = other.wave
            and other.population in ('other_nodes', 'other_roles')
            and figure.indicator_id = other.indicator_id
            and figure.question_id = other.question_id
            and figure.node_id = other.node_id
            and figure.role_id = other.role_id
            and coalesce(figure.compared_role_id, '') = coalesce(other.compared_role_id, '')
    where figure.population = 'node'
),

-- the two roles of a gap
beside_each_other as (
    select
        'roles' as kind,
        figure.goal_id,
        figure.indicator_id,
        figure.question_id,
        figure.wave,
        figure.node_id,
        figure.role_id,
        other.role_id as compared_role_id,
        figure.tested_measure,
        figure.value,
        figure.error,
        figure.lower as value_lower,
        figure.upper as value_upper,
        figure.n,
        figure.n_effective,
        other.value as compared_value,
        other.error as compared_error,
        other.lower as compared_lower,
        other.upper as compared_upper,
        other.n as n_compared,
        other.n_effective as n_effective_compared
    from figures as figure
    inner join figures as other
        on
            figure.wave = other.wave
            and figure.indicator_id = other.indicator_id
            and figure.question_id = other.question_id
            and figure.node_id = other.node_id
            and figure.population = other.population
            and figure.indicator_role_id = figure.role_id
            and figure.indicator_compared_role_id = other.role_id
    where
        figure.indicator_measure = 'gap'
        and figure.population = 'node'
),

differences as (
    select * from of_waves
    {% for others in ['beside_others', 'beside_each_other'] %}
        union all
        select
            kind,
            goal_id,
            indicator_id,
            question_id,
            wave,
            node_id,
            role_id,
            compared_role_id,
            tested_measure,
            cast(null as {{ dbt.type_string() }}) as compared_wave,
            cast(null as {{ dbt.type_string() }}) as relation,
            cast(null as {{ dbt.type_string() }}) as reason,
            value,
            error,
            value_lower,
            value_upper,
            n,
            n_effective,
            compared_value,
            compared_error,
            compared_lower,
            compared_upper,
            n_compared,
            n_effective_compared
        from {{ others }}
    {% endfor %}
),

with_reasons as (
    select
        *,
        value - compared_value as difference,
        sqrt(error * error + compared_error * compared_error) as difference_error,
        {{ newcombe_interval(
            'value', 'value_lower', 'value_upper',
            'compared_value', 'compared_lower', 'compared_upper',
            'lower', 'upper'
        ) }},
        case
            when reason is not null then reason
            when n is null or n_compared is null then 'n_not_known'
            when least(n, n_compared) < {{ var('tested_from') }} then 'too_few'
            when error is null or compared_error is null then 'no_spread'
        end as why_not_tested
    from differences
),

with_z as (
    select
        *,
        case
            when why_not_tested is not null then null
            when tested_measure like 'share_%'
                then {{ z_of_shares(
                    'value', 'n_effective', 'compared_value', 'n_effective_compared'
                ) }}
            else {{ z_of_difference('difference', 'difference_error * difference_error') }}
        end as z
    from with_reasons
),

with_p as (
    select
        *,
        {{ two_sided_p('z') }} as p_value
    from with_z
),

with_steps as (
    select
        *,
        {{ holm_step('p_value', family) }} as holm_step
    from with_p
),

adjusted as (
    select
        *,
        {{ holm_adjusted('p_value', 'holm_step', family) }} as p_adjusted
    from with_steps
),

final as (
    select
        kind,
        goal_id,
        indicator_id,
        question_id,
        wave,
        node_id,
        role_id,
        compared_role_id,
        case when tested_measure like 'share_%' then 'share' else tested_measure end as measure,
        compared_wave,
        relation = 'carried' as is_carried,
        value,
        compared_value,
        compared_lower,
        compared_upper,
        difference,
        difference_error as standard_error,
        lower,
        upper,
        n,
        n_compared,
        p_value,
        p_adjusted,
        case
            when p_value is null then 'not_tested'
            {% for kind, (up, down, unsure) in kinds.items() %}
                when kind = '{{ kind }}'
                    then case
                        when p_adjusted < {{ var('significance') }} and lower > 0 then '{{ up }}'
                        when p_adjusted < {{ var('significance') }} and upper < 0 then '{{ down }}'
                        else '{{ unsure }}'
                    end
            {% endfor %}
        end as outcome,
        why_not_tested
    from adjusted
)

select * from final
