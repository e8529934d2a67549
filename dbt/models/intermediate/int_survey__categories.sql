{% set classes = [
    {'id': 'negative', 'nb': 'Negativt', 'en': 'Negative'},
    {'id': 'neutral', 'nb': 'Nøytralt', 'en': 'Neutral'},
    {'id': 'positive', 'nb': 'Positivt', 'en': 'Positive'},
] %}

with

-- "don't know" and "not relevant" are counted, but are no answers
answers as (
    select * from {{ ref('stg_codebook__answers') }}
    where answer_class <> 'missing'
),

single_answers as (
    select
        wave,
        question_id,
        answer_code,
        cast(answer_code as {{ dbt.type_string() }}) as category_id,
        'answer' as category_kind,
        label_nb as category_label_nb,
        label_en as category_label_en,
        answer_class as category_class,
        answer_order as category_order
    from answers
),

-- a scale without a middle has no neutral class
classes_of_answers as (
    {% for class in classes %}
        select distinct
            wave,
            question_id,
            cast(null as {{ dbt.type_int() }}) as answer_code,
            '{{ class.id }}' as category_id,
            'class' as category_kind,
            '{{ class.nb }}' as category_label_nb,
            '{{ class.en }}' as category_label_en,
            '{{ class.id }}' as category_class,
            {{ loop.index }} as category_order
        from answers
        where answer_class = '{{ class.id }}'
        union all
    {% endfor %}
    select distinct
        wave,
        question_id,
        cast(null as {{ dbt.type_int() }}) as answer_code,
        'all' as category_id,
        'all' as category_kind,
        'Hele skalaen' as category_label_nb,
        'Whole scale' as category_label_en,
        cast(null as {{ dbt.type_string() }}) as category_class,
        0 as category_order
    from answers
),

final as (
    select * from single_answers
    union all
    select * from classes_of_answers
)

select * from final
