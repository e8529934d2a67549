-- Each cell with an answer is counted once; an answer by a role that was not asked shows here.
{% set questions = question_columns(ref('stg_survey__responses')) %}

with

-- one scan for them all; taken apart by question afterwards
cells_by_wave as (
    select
        {% for question in questions %}
            count({{ question }}) as {{ question }},
        {% endfor %}
        wave
    from {{ ref('stg_survey__responses') }}
    group by wave
),

answered_cells as (
    {% for question in questions %}
        select
            wave,
            '{{ question[2:] }}' as question_id,
            {{ question }} as n
        from cells_by_wave
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
    {% if not questions %}
        select
            wave,
            '' as question_id,
            0 as n
        from {{ ref('stg_survey__responses') }}
        where 1 = 0
    {% endif %}
),

counted_answers as (
    select
        wave,
        question_id,
        sum(n) as n
    from {{ ref('int_survey__answer_counts') }}
    where answer_code is not null
    group by
        wave,
        question_id
),

final as (
    select
        answered_cells.wave,
        answered_cells.question_id,
        answered_cells.n as n_cells,
        counted_answers.n as n_counted
    from answered_cells
    left join counted_answers
        on
            answered_cells.wave = counted_answers.wave
            and answered_cells.question_id = counted_answers.question_id
    where answered_cells.n <> coalesce(counted_answers.n, 0)
)

select * from final
