{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='wave',
    on_schema_change='fail',
    post_hook='delete from {{ this }} where wave not in (select wave from {{ ref("int_survey__waves") }})'
) }}
{% set questions = question_columns(ref('stg_survey__responses')) %}

with

waves as (
    select
        wave,
        fingerprint
    from {{ ref('int_survey__waves') }}
    where wave_form = 'answers'
),

{% if is_incremental() %}
    counted as (
        select distinct
            wave,
            fingerprint
        from {{ this }}
    ),
{% endif %}

-- a wave that still is what it was when it was counted is not counted again
waves_to_count as (
    select
        waves.wave,
        waves.fingerprint
    from waves
    {% if is_incremental() %}
        left join counted
            on
                waves.wave = counted.wave
                and waves.fingerprint = counted.fingerprint
        where counted.wave is null
    {% endif %}
),

answers as (
    select * from {{ ref('stg_codebook__answers') }}
),

asked as (
    select distinct
        wave,
        question_id,
        respondent_role
    from {{ ref('int_survey__asked_roles') }}
),

-- one scan of a column for each question: the respondents themselves are never copied
counts_by_unit as (
    {% for question in questions %}
        select
            wave,
            '{{ question[2:] }}' as question_id,
            unit_code,
            respondent_role,
            {{ question }} as answer_code,
            count(*) as n
        from {{ ref('stg_survey__responses') }}
        {% if is_incremental() %}
            where wave in (select waves_to_count.wave from waves_to_count)
        {% endif %}
        group by
            wave,
            unit_code,
            respondent_role,
            {{ question }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
    {% if not questions %}
        select
            wave,
            cast(null as {{ dbt.type_string() }}) as question_id,
            unit_code,
            respondent_role,
            cast(null as {{ dbt.type_int() }}) as answer_code,
            0 as n
        from {{ ref('stg_survey__responses') }}
        where 1 = 0
    {% endif %}
),

final as (
    select
        counts_by_unit.wave,
        waves_to_count.fingerprint,
        counts_by_unit.question_id,
        coalesce(counts_by_unit.unit_code, '{{ var("root_node") }}') as unit_code,
        counts_by_unit.respondent_role,
        counts_by_unit.answer_code,
        case
            when counts_by_unit.answer_code is null then 'missing'
            else answers.answer_class
        end as answer_class,
        cast(sum(counts_by_unit.n) as {{ dbt.type_int() }}) as n
    from counts_by_unit
    inner join waves_to_count
        on counts_by_unit.wave = waves_to_count.wave
    inner join asked
        on
            counts_by_unit.wave = asked.wave
            and counts_by_unit.question_id = asked.question_id
            and counts_by_unit.respondent_role = asked.respondent_role
    left join answers
        on
            counts_by_unit.wave = answers.wave
            and counts_by_unit.question_id = answers.question_id
            and counts_by_unit.answer_code = answers.answer_code
    group by
        counts_by_unit.wave,
        waves_to_count.fingerprint,
        counts_by_unit.question_id,
        coalesce(counts_by_unit.unit_code, '{{ var("root_node") }}'),
        counts_by_unit.respondent_role,
        counts_by_unit.answer_code,
        answers.answer_class
)

select * from final
