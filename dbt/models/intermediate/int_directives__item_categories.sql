{#- What a directive is coded as, and the indicator that shows it. -#}
{% set columns = {
    'directives_by_results_chain': 'results_chain_step',
    'directives_by_form': 'directive_form',
    'directives_by_focus': 'directive_focus',
} %}

with

item_letters as (
    select * from {{ ref('int_directives__item_letters') }}
    where
        scope in ('letter', 'group')
        and coding_status = 'complete'
),

directives as (
    select * from {{ ref('stg_directives__directives') }}
),

letter_counts as (
    {% for indicator_id, column in columns.items() %}
        select
            letter_id,
            coder,
            '{{ indicator_id }}' as indicator_id,
            {{ column }} as category_id,
            count(*) as n_directives
        from directives
        group by
            letter_id,
            coder,
            {{ column }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select
        item_letters.scope,
        item_letters.item_id,
        item_letters.item_node_id,
        item_letters.letter_year,
        letter_counts.indicator_id,
        letter_counts.category_id,
        sum(letter_counts.n_directives) as n_directives
    from item_letters
    inner join letter_counts
        on
            item_letters.letter_id = letter_counts.letter_id
            and item_letters.designated_coder = letter_counts.coder
    group by
        item_letters.scope,
        item_letters.item_id,
        item_letters.item_node_id,
        item_letters.letter_year,
        letter_counts.indicator_id,
        letter_counts.category_id
)

select * from final
