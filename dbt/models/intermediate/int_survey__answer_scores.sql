{#- The place of an answer on its scale, counted from the negative end: 0, 1, … to the top. -#}

with

answers as (
    select * from {{ ref('stg_codebook__answers') }}
    where answer_class <> 'missing'
),

placed as (
    select
        wave,
        question_id,
        answer_code,
        row_number() over (
            partition by wave, question_id
            order by answer_order
        ) - 1 as place,
        count(*) over (partition by wave, question_id) - 1 as top_score,
        first_value(answer_class) over (
            partition by wave, question_id
            order by answer_order
        ) as first_class
    from answers
),

final as (
    select
        wave,
        question_id,
        answer_code,
        cast(
            case first_class when 'positive' then top_score - place else place end
            as {{ dbt.type_int() }}
        ) as score,
        cast(top_score as {{ dbt.type_int() }}) as top_score
    from placed
)

select * from final
