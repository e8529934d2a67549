-- What is counted by category, or by line, sums to what is counted as one, and shares by category
-- sum to 1. Counties hold no more than the whole, which also has what belongs to no county. A pilot
-- runs in several parts and is counted in each of them, so its parts sum to more.
{% set root = var('root_node') %}

with

figures as (
    select * from {{ ref('int_evidence__figures') }}
),

answers as (
    select * from {{ ref('int_user_survey__answer_counts') }}
),

by_category as (
    select
        indicator_id,
        item_id,
        period,
        node_id,
        measure,
        sum(case when category_kind = 'category' then value end) as parts,
        max(case when measure = 'share' then 1 when category_kind = 'all' then value end) as whole
    from figures
    where measure in ('count', 'share')
    group by
        indicator_id,
        item_id,
        period,
        node_id,
        measure
),

by_node as (
    select
        indicator_id,
        item_id,
        period,
        sum(case when node_id <> '{{ root }}' then value end) as parts,
        sum(case when node_id = '{{ root }}' then value end) as whole
    from figures
    where
        indicator_id in ('governing_directives', 'development_projects', 'grant_initiatives')
        and item_id = 'all'
        and measure = 'count'
        and category_kind = 'all'
    group by
        indicator_id,
        item_id,
        period
),

by_county as (
    select
        question_id,
        situation,
        period,
        sum(case when breakdown = 'county' then n end) as parts,
        sum(case when breakdown = 'all' then n end) as whole
    from answers
    group by
        question_id,
        situation,
        period
),

final as (
    select
        indicator_id,
        item_id,
        period,
        node_id as part_of,
        parts,
        whole
    from by_category
    where parts is not null and (whole is null or abs(parts - whole) > 1e-9)
    union all
    select
        indicator_id,
        item_id,
        period,
        '{{ root }}' as part_of,
        parts,
        whole
    from by_node
    where
        parts > coalesce(whole, 0)
        or (indicator_id = 'governing_directives' and parts < whole)
    union all
    select
        question_id as indicator_id,
        situation as item_id,
        period,
        '{{ root }}' as part_of,
        parts,
        whole
    from by_county
    where parts > coalesce(whole, 0)
)

select * from final
