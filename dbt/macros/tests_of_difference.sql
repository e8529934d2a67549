{#- Tests of a difference, and what is said of it. Documented in _macros.yml. -#}

{#- The inside is split where the power series gives way to the continued fraction. -#}
{% macro two_sided_p(z) -%}
    {%- set x = 'abs(' ~ z ~ ')' -%}
    {%- set above = [
        '3.52624965998911e-2', '7.00383064443688e-1', '6.37396220353165e0', '3.3912866078383e1',
        '1.12079291497871e2', '2.21213596169931e2', '2.20206867912376e2',
    ] -%}
    {%- set below = [
        '8.83883476483184e-2', '1.75566716318264e0', '1.6064177579207e1', '8.67807322029461e1',
        '2.96564248779674e2', '6.37333633378831e2', '7.93826512519948e2', '4.40413735824752e2',
    ] -%}
    case
        when {{ x }} > 37 then 0e0
        when {{ x }} < 7.07106781186547e0
            then least(1e0, 2 * exp(-{{ x }} * {{ x }} / 2)
                * {{ polynomial(above, x) }} / {{ polynomial(below, x) }})
        when {{ x }} is not null
            then 2 * exp(-{{ x }} * {{ x }} / 2) / 2.506628274631e0
                / ({{ x }} + 1 / ({{ x }} + 2 / ({{ x }} + 3 / ({{ x }} + 4 / ({{ x }} + 0.65e0)))))
    end
{%- endmacro %}


{% macro polynomial(coefficients, x) -%}
    {%- set found = namespace(sum=coefficients[0]) -%}
    {%- for coefficient in coefficients[1:] -%}
        {%- set found.sum = '(' ~ found.sum ~ ' * ' ~ x ~ ' + ' ~ coefficient ~ ')' -%}
    {%- endfor -%}
    {{ found.sum }}
{%- endmacro %}


{#- An empty effective number is everybody: the share is known, and adds nothing to the error. -#}
{% macro z_of_shares(share, n, compared, n_compared) -%}
    {%- set pooled -%}
        case
            when {{ n }} is null and {{ n_compared }} is null then 0e0
            when {{ n }} is null then {{ share }}
            when {{ n_compared }} is null then {{ compared }}
            else ({{ share }} * {{ n }} + {{ compared }} * {{ n_compared }}) / ({{ n }} + {{ n_compared }})
        end
    {%- endset -%}
    {{ z_of_difference(
        share ~ ' - ' ~ compared,
        pooled ~ ' * (1 - ' ~ pooled ~ ') * (coalesce(1 / ' ~ n ~ ', 0) + coalesce(1 / ' ~ n_compared ~ ', 0))'
    ) }}
{%- endmacro %}


{#- Of a difference without any error there is nothing to doubt. -#}
{% macro z_of_difference(difference, variance) -%}
    case
        when {{ variance }} > 0 then ({{ difference }}) / sqrt({{ variance }})
        when {{ variance }} = 0 and {{ difference }} = 0 then 0e0
        when {{ variance }} = 0 then 99e0
    end
{%- endmacro %}


{% macro holm_step(p, family) -%}
    least(1e0, {{ p }} * (
        count({{ p }}) over (partition by {{ family }}) + 1 - row_number() over (
            partition by {{ family }}
            order by case when {{ p }} is null then 1 else 0 end, {{ p }}
        )
    ))
{%- endmacro %}


{% macro holm_adjusted(p, step, family) -%}
    case
        when {{ p }} is not null
            then max({{ step }}) over (
                partition by {{ family }}
                order by case when {{ p }} is null then 1 else 0 end, {{ p }}
            )
    end
{%- endmacro %}
