with

measurements as (
    select * from {{ ref('int_user_survey__measurements') }}
),

final as (
    select
        indicator_id,
        period,
        question_id,
        situation,
        form,
        comparator,
        scale_id,
        scale_name_nb,
        scale_name_en,
        period_before,
        comparability_break,
        case
            when comparability_break = 'scale'
                then {{ dbt.concat([
                    'period', "' har et annet svarformat ('", 'scale_name_nb', "') enn '",
                    'period_before', "' ('", 'scale_name_before_nb', "').'"
                ]) }}
        end as break_note_nb,
        case
            when comparability_break = 'scale'
                then {{ dbt.concat([
                    'period', "' has another form of answer ('", 'scale_name_en', "') than '",
                    'period_before', "' ('", 'scale_name_before_en', "').'"
                ]) }}
        end as break_note_en,
        source_title,
        section,
        is_demonstration,
        source_file,
        source_sha256
    from measurements
)

select * from final
