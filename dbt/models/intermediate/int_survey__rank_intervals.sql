{#- Where an item may stand in its battery: below those whose interval lies wholly above its own,
    and above those whose interval lies wholly below, with intervals that hold for all items at once.
    The errors are added as they are, so that it holds however the answers go together. -#}
{% set measures = {'rank_strength': 'strength', 'rank_positive': 'share_positive'} %}

with

levels as (
    select distinct
        wave,
        node_id
    from {{ ref('int_survey__unit_nodes') }}
    where level <> 'unit'
),

items as (
    select estimates.*
    from {{ ref('int_survey__estimates') }} as estimates
    inner join levels
        on
            estimates.wave = levels.wave
            and estimates.node_id = levels.node_id
    where
        estimates.battery_id is not null
        and estimates.n_answered > 0
),

sizes as (
    select
        wave,
        battery_id,
        node_id,
        role_id,
        count(*) as n_items
    from items
    group by
        wave,
        battery_id,
        node_id,
        role_id
),

pairs as (
    select
        items.wave,
        items.question_id,
        items.node_id,
        items.role_id,
        sizes.n_items,
        {% for measure in measures.values() %}
            {{ z_of_difference(
                'other.' ~ measure ~ ' - items.' ~ measure,
                '(other.' ~ measure ~ '_error + items.' ~ measure ~ '_error)'
                ~ ' * (other.' ~ measure ~ '_error + items.' ~ measure ~ '_error)'
            ) }} as {{ measure }}_z,
            other.{{ measure }} > items.{{ measure }} as {{ measure }}_is_above
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from items
    inner join sizes
        on
            items.wave = sizes.wave
            and items.battery_id = sizes.battery_id
            and items.node_id = sizes.node_id
            and items.role_id = sizes.role_id
    inner join items as other
        on
            items.wave = other.wave
            and items.battery_id = other.battery_id
            and items.node_id = other.node_id
            and items.role_id = other.role_id
),

told_apart as (
    select
        *,
        {% for measure in measures.values() %}
            coalesce(
                {{ two_sided_p(measure ~ '_z') }} * n_items < {{ var('significance') }}, false
            ) as {{ measure }}_is_sure{% if not loop.last %},{% endif %}
        {% endfor %}
    from pairs
),

final as (
    select
        wave,
        question_id,
        node_id,
        role_id,
        {% for rank, measure in measures.items() %}
            1 + sum(case when {{ measure }}_is_sure and {{ measure }}_is_above then 1 else 0 end)
                as {{ rank }}_lower,
            max(n_items) - sum(
                case when {{ measure }}_is_sure and not {{ measure }}_is_above then 1 else 0 end
            ) as {{ rank }}_upper{% if not loop.last %},{% endif %}
        {% endfor %}
    from told_apart
    group by
        wave,
        question_id,
        node_id,
        role_id
)

select * from final
