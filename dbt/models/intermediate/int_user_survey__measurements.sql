with

questions as (
    select * from {{ ref('user_questions') }}
),

scales as (
    select * from {{ ref('user_scales') }}
),

sources as (
    select * from {{ ref('sources') }}
),

-- a year whose answers are here is computed from them, also where a share of it is published
answered as (
    select
        question_id,
        situation,
        period,
        scale_id,
        'answers' as form,
        'exact' as comparator,
        cast(null as {{ dbt.type_string() }}) as source_id,
        cast(null as {{ dbt.type_string() }}) as section,
        is_demonstration,
        source_file,
        source_sha256
    from {{ ref('int_user_survey__estimates') }}
    where breakdown = 'all'
),

published as (
    select
        shares.question_id,
        shares.situation,
        shares.period,
        shares.scale_id,
        'published' as form,
        shares.comparator,
        shares.source_id,
        shares.section,
        shares.is_demonstration,
        shares.source_file,
        shares.source_sha256
    from {{ ref('stg_user_survey__shares') }} as shares
    left join answered
        on
            shares.question_id = answered.question_id
            and shares.situation = answered.situation
            and shares.period = answered.period
    where answered.period is null
),

measured as (
    select * from answered
    union all
    select * from published
),

of_indicators as (
    select
        questions.share_indicator_id as indicator_id,
        'share' as measure,
        measured.*
    from questions
    inner join measured
        on
            questions.question_id = measured.question_id
            and questions.situation = measured.situation
    union all
    select
        questions.mean_indicator_id as indicator_id,
        'mean' as measure,
        measured.*
    from questions
    inner join measured
        on
            questions.question_id = measured.question_id
            and questions.situation = measured.situation
    where
        questions.mean_indicator_id is not null
        and measured.form = 'answers'
),

with_the_year_before as (
    select
        *,
        lag(period) over (partition by indicator_id order by period) as period_before,
        lag(scale_id) over (partition by indicator_id order by period) as scale_id_before
    from of_indicators
),

final as (
    select
        measurements.indicator_id,
        measurements.measure,
        measurements.period,
        measurements.question_id,
        measurements.situation,
        measurements.form,
        measurements.comparator,
        measurements.scale_id,
        scales.name_nb as scale_name_nb,
        scales.name_en as scale_name_en,
        measurements.period_before,
        case
            when measurements.period_before is null then null
            when
                measurements.scale_id = measurements.scale_id_before
                or scales.comparable_with = measurements.scale_id_before
                or scales_before.comparable_with = measurements.scale_id
                then 'none'
            else 'scale'
        end as comparability_break,
        scales_before.name_nb as scale_name_before_nb,
        scales_before.name_en as scale_name_before_en,
        measurements.source_id,
        sources.title as source_title,
        measurements.section,
        measurements.is_demonstration,
        measurements.source_file,
        measurements.source_sha256
    from with_the_year_before as measurements
    left join scales
        on measurements.scale_id = scales.scale_id
    left join scales as scales_before
        on measurements.scale_id_before = scales_before.scale_id
    left join sources
        on measurements.source_id = sources.source_id
)

select * from final
