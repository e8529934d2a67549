{#- What the answers are counted by: kind of breakdown, the column with its code, node. -#}
{% set root = "'" ~ var('root_node') ~ "'" %}
{% set breakdowns = [
    ('all', "'all'", root),
    ('county', "'all'", 'county_node_id'),
    ('user_group', 'user_group', root),
    ('service', 'service', root),
] %}

with

answers as (
    select * from {{ ref('stg_user_survey__answers') }}
),

counted as (
    {% for breakdown, code, node in breakdowns %}
        select
            period,
            question_id,
            situation,
            scale_id,
            '{{ breakdown }}' as breakdown,
            {{ code }} as code,
            {{ node }} as node_id,
            answer,
            source_file,
            source_sha256,
            max(case when is_demonstration then 1 else 0 end) as is_demonstration,
            count(*) as n
        from answers
        where
            {{ code }} is not null
            and {{ node }} is not null
        group by
            period,
            question_id,
            situation,
            scale_id,
            {{ code }},
            {{ node }},
            answer,
            source_file,
            source_sha256
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select
        period,
        question_id,
        situation,
        scale_id,
        breakdown,
        code,
        node_id,
        answer,
        cast(n as {{ dbt.type_int() }}) as n,
        is_demonstration = 1 as is_demonstration,
        source_file,
        source_sha256
    from counted
)

select * from final
