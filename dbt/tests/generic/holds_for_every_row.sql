{#- Each claim is true, or about nothing (null), in every row: one query for them all. -#}
{% test holds_for_every_row(model, claims) %}
    select *
    from {{ model }}
    where
        {% for claim in claims %}
            not ({{ claim }})
            {% if not loop.last %}or{% endif %}
        {% endfor %}
{% endtest %}
