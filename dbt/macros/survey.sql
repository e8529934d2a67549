{#- The question columns (q_…) of a wide survey table; none while parsing or before it exists. -#}
{% macro question_columns(relation) %}
    {% set questions = [] %}
    {% if execute %}
        {% for column in adapter.get_columns_in_relation(relation) %}
            {% if column.name.startswith('q_') %}
                {% do questions.append(column.name) %}
            {% endif %}
        {% endfor %}
    {% endif %}
    {{ return(questions) }}
{% endmacro %}
