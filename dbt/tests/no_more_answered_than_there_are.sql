-- A warning: people move between the day of the count and the survey, so that a few too many need
-- be no fault; each then stands for one.
{{ config(
    severity='warn',
    meta={
        'nb': 'ikke flere har svart enn det er ansatte, ellers teller hver av dem som én: rett '
        ~ 'periodens antall ansatte, eller enhet og rolle for dem som svarte (is_exceeded i int_survey__strata)',
        'en': 'no more have answered than there are, or each of them counts as one: correct the '
        ~ 'headcounts of the period, or the unit and role of those who answered (is_exceeded in '
        ~ 'int_survey__strata)',
    }
) }}

with

strata as (
    select * from {{ ref('int_survey__strata') }}
),

final as (
    select
        wave,
        stratum_id
    from strata
    where is_exceeded
)

select * from final
