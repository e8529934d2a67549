with

units as (
    select * from {{ ref('int_pilots__units') }}
),

final as (
    select
        register_year,
        pilot_id,
        group_id,
        count(*) as n_units,
        {{ dbt.listagg('node_name', "', '", 'order by node_id') }} as unit_names
    from units
    group by
        register_year,
        pilot_id,
        group_id
)

select * from final
