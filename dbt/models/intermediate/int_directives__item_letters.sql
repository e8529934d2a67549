{#-
    What figures are of: a letter by itself; the letters from one level to the next, or all
    municipal documents; the same by the department that sends them; and the whole, which is the
    letters to a line, and to all lines.
-#}
{% set items = [
    ('letter', 'letter_type', 'letter_name', 'sort_order', 'node_id', 'letter_type is not null'),
    ('group', 'group_id', 'group_name', 'group_order', 'group_node_id', '1 = 1'),
    ('sender', 'group_id', 'group_name', 'group_order', 'sender_node_id', 'is_to_line'),
    ('whole', "'all'", 'whole_name', '0', 'line_node_id', 'is_to_line'),
    ('whole', "'all'", 'whole_name', '0', "'" ~ var('root_node') ~ "'", 'is_to_line'),
] %}

with

letters as (
    select * from {{ ref('int_directives__letters') }}
),

letter_types as (
    select * from {{ ref('letters') }}
),

letter_groups as (
    select * from {{ ref('letter_groups') }}
),

grouped as (
    select
        letters.*,
        letter_types.name_nb as letter_name_nb,
        letter_types.name_en as letter_name_en,
        letter_groups.name_nb as group_name_nb,
        letter_groups.name_en as group_name_en,
        'Alle' as whole_name_nb,
        'All' as whole_name_en,
        letter_groups.sort_order as group_order,
        letter_groups.node_id as group_node_id,
        letter_groups.sender_node_id,
        letter_groups.is_to_line
    from letters
    inner join letter_groups
        on letters.group_id = letter_groups.group_id
    left join letter_types
        on letters.letter_type = letter_types.letter_type
),

final as (
    {% for scope, item_id, name, item_order, node_id, condition in items %}
        select
            '{{ scope }}' as scope,
            {{ item_id }} as item_id,
            {{ name }}_nb as item_label_nb,
            {{ name }}_en as item_label_en,
            {{ item_order }} as item_order,
            {{ node_id }} as item_node_id,
            letter_year,
            document_kind,
            letter_id,
            designated_coder,
            coding_status,
            n_coded,
            n_governing,
            n_new,
            is_demonstration,
            source_file,
            source_sha256
        from grouped
        where {{ condition }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from final
