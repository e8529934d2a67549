{#- Documented in _macros.yml. -#}
{% macro stands_in_list(code, codes) -%}
    {{ dbt.position(
        dbt.concat(["';'", code, "';'"]),
        dbt.concat(["';'", dbt.replace('coalesce(' ~ codes ~ ", '')", "' '", "''"), "';'"])
    ) }} > 0
{%- endmacro %}
