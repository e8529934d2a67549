{#- Documented in _macros.yml. -#}
{% macro stands_in_list(code, codes, separator=';') -%}
    {%- set mark = "'" ~ separator ~ "'" -%}
    {{ dbt.position(
        dbt.concat([mark, code, mark]),
        dbt.concat([mark, dbt.replace('coalesce(' ~ codes ~ ", '')", "' '", "''"), mark])
    ) }} > 0
{%- endmacro %}
