with

measurements as (
    select * from {{ ref('int_user_survey__measurements') }}
),

nodes as (
    select distinct node_id from {{ ref('int_organisation__nodes') }}
),

-- where no organisation was delivered there are no counties to tell of
estimates as (
    select estimates.*
    from {{ ref('int_user_survey__estimates') }} as estimates
    left join nodes
        on estimates.node_id = nodes.node_id
    where
        estimates.breakdown <> 'county'
        or nodes.node_id is not null
),

shares as (
    select * from {{ ref('stg_user_survey__shares') }}
),

categories as (
    select * from {{ ref('evidence_categories') }}
),

computed as (
    select
        measurements.indicator_id,
        measurements.measure,
        measurements.period,
        estimates.node_id,
        estimates.breakdown,
        estimates.code,
        case measurements.measure
            when 'share' then estimates.share_positive
            else estimates.score
        end as value,
        case measurements.measure
            when 'share' then estimates.share_positive_lower
            else estimates.score_lower
        end as lower,
        case measurements.measure
            when 'share' then estimates.share_positive_upper
            else estimates.score_upper
        end as upper,
        estimates.n,
        estimates.is_demonstration,
        estimates.source_file,
        estimates.source_sha256,
        {{ dbt.concat([
            'estimates.question_id', "', '", 'estimates.situation', "', '", 'estimates.scale_id'
        ]) }} as source_ref
    from measurements
    inner join estimates
        on
            measurements.question_id = estimates.question_id
            and measurements.situation = estimates.situation
            and measurements.period = estimates.period
    where measurements.form = 'answers'
),

-- what the source gives and no more: no interval is made up for it, and n only if it is stated
published as (
    select
        measurements.indicator_id,
        measurements.measure,
        measurements.period,
        '{{ var("root_node") }}' as node_id,
        'all' as breakdown,
        'all' as code,
        shares.share as value,
        null as lower,
        null as upper,
        shares.n,
        shares.is_demonstration,
        shares.source_file,
        shares.source_sha256,
        {{ dbt.concat([
            'measurements.source_title', "coalesce(' ' || measurements.section, '')",
            "' (published share, '", 'measurements.comparator', "')'"
        ]) }} as source_ref
    from measurements
    inner join shares
        on
            measurements.question_id = shares.question_id
            and measurements.situation = shares.situation
            and measurements.period = shares.period
    where measurements.form = 'published'
),

figures as (
    select * from computed
    union all
    select * from published
),

final as (
    select
        figures.indicator_id,
        case
            when categories.category_id is null then 'all'
            else {{ dbt.concat(['figures.breakdown', "':'", 'categories.category_id']) }}
        end as item_id,
        coalesce(categories.name_nb, 'Alle') as item_label_nb,
        coalesce(categories.name_en, 'All') as item_label_en,
        coalesce(categories.sort_order, 0) as item_order,
        figures.period,
        figures.node_id,
        figures.measure,
        'all' as category_id,
        'all' as category_kind,
        'I alt' as category_label_nb,
        'In all' as category_label_en,
        null as category_class,
        0 as category_order,
        figures.value,
        figures.lower,
        figures.upper,
        figures.n,
        null as base,
        'shown' as status,
        figures.is_demonstration,
        figures.source_file,
        figures.source_sha256,
        figures.source_ref
    from figures
    left join categories
        on
            figures.breakdown = categories.kind
            and figures.code = categories.code
)

select * from final
