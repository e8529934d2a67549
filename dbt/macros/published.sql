{#-
    Does a figure of ours agree with one that was published as text? Documented in _macros.yml.
    Decimals rather than doubles, so that a half is a half.
-#}
{% macro agrees_with_published(ours, ours_high, published_text, high_text, comparator) -%}
    {%- set published = published_number(published_text) -%}
    {%- set tolerance = var('published_tolerance') -%}
    case {{ comparator }}
        when 'exact'
            then {{ rounds_to(ours, published_text) }}
        when 'at_least'
            then {{ exact(ours) }} >= {{ published }} - {{ half_a_step(published_text) }}
        when 'at_most'
            then {{ exact(ours) }} < {{ published }} + {{ half_a_step(published_text) }}
        when 'more_than'
            then {{ exact(ours) }} > {{ published }}
        when 'about'
            then abs({{ exact(ours) }} - {{ published }}) <= {{ tolerance }} * abs({{ published }})
        when 'nearly'
            then {{ exact(ours) }} >= {{ published }} - {{ tolerance }} * abs({{ published }})
                and {{ exact(ours) }} < {{ published }} + {{ half_a_step(published_text) }}
        when 'range'
            then {{ rounds_to(ours, published_text) }}
                and {{ rounds_to(ours_high, high_text) }}
    end
{%- endmacro %}


{#- Half up: 75.925 rounds to 75.93 and 75.935 to 75.94. -#}
{% macro rounds_to(ours, published_text) -%}
    {%- set published = published_number(published_text) -%}
    {%- set half = half_a_step(published_text) -%}
    (
        {{ exact(ours) }} >= {{ published }} - {{ half }}
        and {{ exact(ours) }} < {{ published }} + {{ half }}
    )
{%- endmacro %}


{% macro exact(number) -%}
    cast({{ number }} as decimal(28, 12))
{%- endmacro %}


{% macro published_number(text) -%}
    {{ dbt.safe_cast(text, 'decimal(28, 12)') }}
{%- endmacro %}


{#- Half of one in the last decimal that was published. -#}
{% macro half_a_step(text) -%}
    {{ exact(
        '5e-1 * power(10e0, case when ' ~ dbt.position("'.'", text) ~ ' > 0 then '
        ~ dbt.position("'.'", text) ~ ' - ' ~ dbt.length(text) ~ ' else 0 end)'
    ) }}
{%- endmacro %}
