{#- The columns together tell the rows apart, and none is empty but those that may be. -#}
{% test identified_by(model, columns, may_be_empty=[]) %}
    select
        {{ columns | join(', ') }},
        count(*) as n_rows
    from {{ model }}
    group by {{ columns | join(', ') }}
    having
        count(*) > 1
        {% for column in columns if column not in may_be_empty %}
            or {{ column }} is null
        {% endfor %}
{% endtest %}
