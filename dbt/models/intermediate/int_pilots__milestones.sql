with

pilots as (
    select * from {{ ref('int_pilots__pilots') }}
    where is_in_newest_register
),

final as (
    {% for number in range(1, 7) %}
        select
            pilot_id,
            {{ number }} as milestone_number,
            milestone_{{ number }} as milestone,
            milestone_{{ number }}_date as milestone_date,
            is_demonstration,
            source_file,
            source_sha256
        from pilots
        where milestone_{{ number }}_date is not null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from final
