with

node_counts as (
    select * from {{ ref('int_survey__node_counts') }}
),

questions as (
    select distinct
        wave,
        question_id,
        battery_id
    from {{ ref('int_survey__question_groups') }}
),

counts_by_class as (
    select
        wave,
        question_id,
        node_id,
        role_id,
        cast(sum(n) as {{ dbt.type_int() }}) as n_asked,
        {% for class in ['missing', 'negative', 'neutral', 'positive'] %}
            cast(
                sum(case when answer_class = '{{ class }}' then n else 0 end)
                as {{ dbt.type_int() }}
            ) as n_{{ class }},
        {% endfor %}
        cast(
            sum(case when answer_class <> 'missing' then n else 0 end) as {{ dbt.type_int() }}
        ) as n_answered
    from node_counts
    group by
        wave,
        question_id,
        node_id,
        role_id
),

shares as (
    select
        counts_by_class.*,
        questions.battery_id,
        {% for class in ['negative', 'neutral', 'positive'] %}
            {{ share('n_' ~ class, 'n_answered') }} as share_{{ class }},
            {{ wilson_interval(
                'n_' ~ class, 'n_answered', 'share_' ~ class ~ '_lower', 'share_' ~ class ~ '_upper'
            ) }},
        {% endfor %}
        {{ share('(n_positive + n_negative)', 'n_answered') }} as strength,
        {{ wilson_interval(
            '(n_positive + n_negative)', 'n_answered', 'strength_lower', 'strength_upper'
        ) }},
        {{ share('(n_positive - n_negative)', 'n_answered') }} as balance
    from counts_by_class
    inner join questions
        on
            counts_by_class.wave = questions.wave
            and counts_by_class.question_id = questions.question_id
),

final as (
    select
        *,
        {{ newcombe_interval(
            'share_positive', 'share_positive_lower', 'share_positive_upper',
            'share_negative', 'share_negative_lower', 'share_negative_upper',
            'balance_lower', 'balance_upper',
            correlation=multinomial_correlation('share_positive', 'share_negative')
        ) }},
        {{ rank_in_battery('strength') }} as rank_strength,
        {{ rank_in_battery('share_positive') }} as rank_positive
    from shares
)

select * from final
