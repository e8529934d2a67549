{#-
    Runs before anything is built: stops where there is nothing to build on, or where a gate on the
    raw tables did not pass. Parsing, compiling and documenting stay free.
-#}
{% macro refuse_to_build_too_early() %}
    {% if execute and flags.WHICH in ['build', 'run', 'test'] %}
        {% do refuse_without_raw_tables() %}
        {% do refuse_behind_a_gate() %}
    {% endif %}
{% endmacro %}


{% macro refuse_without_raw_tables() %}
    {% set missing = [] %}
    {% for table in graph.sources.values() %}
        {% if not adapter.get_relation(table.database, table.schema, table.identifier) %}
            {% do missing.append(table.schema ~ '.' ~ table.identifier) %}
        {% endif %}
    {% endfor %}
    {% if missing %}
        {% do exceptions.raise_compiler_error(
            'The warehouse has no raw tables yet (missing: ' ~ missing | sort | join(', ')
            ~ '): run `tillit run` first.'
        ) %}
    {% endif %}
{% endmacro %}


{#- control.gate holds each gate's last status; without it nothing has judged the raw tables. -#}
{% macro refuse_behind_a_gate() %}
    {% set gates = adapter.get_relation(target.database, 'control', 'gate') %}
    {% if not gates %}
        {% do exceptions.raise_compiler_error(
            'No gate has judged the raw tables yet: run `tillit run` first.'
        ) %}
    {% endif %}
    {% set statuses = run_query(
        'select gate, status, message from ' ~ gates ~ ' order by gate'
    ).rows %}
    {% set held = [] %}
    {% for gate, status, message in statuses %}
        {% if gate.startswith('raw_') and status not in ['passed', 'not_delivered'] %}
            {% do held.append(gate ~ ' (' ~ status ~ '): ' ~ message) %}
        {% endif %}
    {% endfor %}
    {% if held %}
        {% do exceptions.raise_compiler_error(
            'Nothing is built behind a gate that did not pass: ' ~ held | join('; ')
            ~ ' Mend the data, then run `tillit run`.'
        ) %}
    {% endif %}
{% endmacro %}
