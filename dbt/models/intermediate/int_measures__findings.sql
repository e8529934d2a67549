with

measures as (
    select * from {{ ref('stg_measures__measures') }}
),

findings as (
    select * from {{ ref('stg_published__findings') }}
),

answered as (
    select
        measures.measure_id,
        findings.finding_id,
        findings.finding_nb,
        findings.finding_en
    from measures
    inner join findings
        on {{ stands_in_list('findings.finding_id', 'measures.finding_ids') }}
),

final as (
    select
        measure_id,
        {{ dbt.listagg('finding_id', "'; '", 'order by finding_id') }} as finding_ids,
        {{ dbt.listagg('finding_nb', "' · '", 'order by finding_id') }} as finding_nb,
        {{ dbt.listagg('finding_en', "' · '", 'order by finding_id') }} as finding_en
    from answered
    group by measure_id
)

select * from final
