{% set groups = {'pilot': 'unit_codes', 'comparison': 'comparison_unit_codes'} %}

with

pilots as (
    select * from {{ ref('int_pilots__pilots') }}
    where is_in_newest_register
),

metrics as (
    select * from {{ ref('stg_pilots__metrics') }}
),

primary_metrics as (
    {% for group_id, codes in groups.items() %}
        select
            pilots.pilot_id,
            '{{ group_id }}' as group_id,
            metrics.*
        from pilots
        inner join metrics
            on
                pilots.primary_metric_id = metrics.metric_id
                and {{ stands_in_list('metrics.unit_code', 'pilots.' ~ codes) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- sums of decimals, which are the same in whatever order the rows come
sums as (
    select
        pilot_id,
        group_id,
        metric_id,
        metric_month,
        count(*) as n_units,
        sum(n_cases) as n_cases,
        max(n_cases) as n_cases_of_largest,
        sum(value * n_cases) as weighted_sum,
        max(case when is_demonstration then 1 else 0 end) = 1 as is_demonstration,
        min(source_file) as source_file,
        min(source_sha256) as source_sha256
    from primary_metrics
    group by
        pilot_id,
        group_id,
        metric_id,
        metric_month
),

final as (
    select
        pilot_id,
        group_id,
        metric_id,
        metric_month,
        cast(weighted_sum as double) / cast(n_cases as double) as value,
        n_units,
        n_cases,
        cast(n_cases_of_largest as double) > {{ var('dominance') }} * cast(n_cases as double)
            as is_dominated,
        is_demonstration,
        source_file,
        source_sha256
    from sums
    where n_cases > 0
)

select * from final
