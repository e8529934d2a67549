{#- How those who answered were drawn, and how many there were of them in all, is not known: the
    error and the interval are those of a simple random sample of n, unweighted. Without n there is
    neither. -#}

with

shares as (
    select * from {{ ref('stg_survey__shares') }}
),

sources as (
    select * from {{ ref('sources') }}
),

estimates as (
    select
        shares.wave,
        shares.question_id,
        '{{ var("root_node") }}' as node_id,
        shares.role_id,
        shares.answer_class,
        shares.share,
        case
            when shares.n is not null then sqrt(shares.share * (1 - shares.share) / shares.n)
        end as standard_error,
        {{ wilson_interval('(shares.share * shares.n)', 'shares.n', 'lower', 'upper') }},
        shares.n,
        {{ dbt.concat(['sources.title', "coalesce(' ' || shares.section, '')"]) }} as source_ref
    from shares
    inner join sources
        on shares.source_id = sources.source_id
),

final as (
    select
        wave,
        question_id,
        node_id,
        role_id,
        answer_class,
        share,
        standard_error,
        lower,
        upper,
        n,
        cast(n as double) as n_effective,
        source_ref
    from estimates
)

select * from final
