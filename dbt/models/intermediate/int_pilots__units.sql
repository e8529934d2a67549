{% set groups = {'pilot': 'unit_codes', 'comparison': 'comparison_unit_codes'} %}

with

pilots as (
    select * from {{ ref('int_pilots__pilots') }}
),

nodes as (
    select * from {{ ref('int_organisation__nodes') }}
),

final as (
    {% for group_id, codes in groups.items() %}
        select
            pilots.register_year,
            pilots.pilot_id,
            '{{ group_id }}' as group_id,
            nodes.organisation_period,
            nodes.node_id,
            nodes.node_name
        from pilots
        inner join nodes
            on
                pilots.organisation_period = nodes.organisation_period
                and {{ stands_in_list('nodes.node_id', 'pilots.' ~ codes) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from final
