with

metrics as (
    select * from {{ ref('int_pilots__metrics') }}
),

codes as (
    select * from {{ ref('codes') }}
    where code_list = 'pilot_group'
),

final as (
    select
        metrics.pilot_id,
        metrics.metric_id,
        metrics.metric_month,
        metrics.group_id,
        codes.label_nb as group_nb,
        codes.label_en as group_en,
        metrics.value,
        cast(metrics.n_units as {{ dbt.type_int() }}) as n_units,
        cast(metrics.n_cases as {{ dbt.type_int() }}) as n_cases,
        metrics.is_dominated,
        'shown' as status,
        metrics.is_demonstration,
        metrics.source_file,
        metrics.source_sha256
    from metrics
    left join codes
        on metrics.group_id = codes.code_id
)

select * from final
