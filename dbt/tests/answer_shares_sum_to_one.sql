-- Shares of single answers sum to 1, and so do shares of classes. Of published shares some classes
-- may be lacking: they sum to 1 at the most, but for what rounding to whole per cent adds.
with

shares as (
    select
        measures.*,
        categories.category_kind
    from {{ ref('int_survey__measures') }} as measures
    inner join {{ ref('int_survey__categories') }} as categories
        on
            measures.wave = categories.wave
            and measures.question_id = categories.question_id
            and measures.category_id = categories.category_id
    where measures.measure = 'share'
),

final as (
    select
        wave,
        question_id,
        node_id,
        role_id,
        category_kind,
        sum(value) as sum_of_shares
    from shares
    group by
        wave,
        question_id,
        node_id,
        role_id,
        category_kind
    having
        (min(source_ref) is null and abs(sum(value) - 1) > 1e-9)
        or sum(value) > 1.02
)

select * from final
