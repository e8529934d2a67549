{#-
    DuckDB replaces a table or a view in one statement inside a transaction, so a model that fails
    leaves what was there. dbt's own way (build beside, rename twice, drop) takes three times as long,
    and most of a build is such overhead. No model here has grants, indexes or a language but SQL.
-#}
{% materialization table, adapter='duckdb' %}
    {{ return(replaced_in_place(this.incorporate(type='table'), sql)) }}
{% endmaterialization %}


{% materialization view, adapter='duckdb' %}
    {{ return(replaced_in_place(this.incorporate(type='view'), sql)) }}
{% endmaterialization %}


{% macro replaced_in_place(relation, sql) %}
    {% set existing = load_cached_relation(relation) %}
    {{ run_hooks(pre_hooks) }}
    {% if existing is not none and existing.type != relation.type %}
        {% do adapter.drop_relation(existing) %}
    {% endif %}
    {% call statement('main') %}
        {{ create_or_replace(relation, sql) }}
    {% endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [relation]}) }}
{% endmacro %}


{#- A contract names each column with its type and constraints, which the database then keeps. -#}
{% macro create_or_replace(relation, sql) %}
    {% if config.get('contract').enforced and relation.is_table %}
        {{ get_assert_columns_equivalent(sql) }}
        create or replace table {{ relation }} {{ get_table_columns_and_constraints() }};
        insert into {{ relation }} {{ get_column_names() }} ({{ get_select_subquery(sql) }})
    {% else %}
        create or replace {{ relation.type }} {{ relation }} as ({{ sql }})
    {% endif %}
{% endmacro %}
