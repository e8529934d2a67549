-- A warning: an organisation is counted on one day and answered for over weeks, so that a role that
-- one area has nobody in need be no fault; but all figures of that area, and of NAV, lose their
-- weights for it.
{{ config(
    severity='warn',
    meta={
        'nb': 'organisasjonen har ansatte overalt der noen har svart, ellers er tallene de inngår i, '
        ~ 'uvektet: rett periodens antall ansatte, eller enhet og rolle for dem som svarte '
        ~ '(int_survey__strata sier hvor)',
        'en': 'the organisation counts somebody wherever somebody answered, or the figures that they '
        ~ 'are part of are not weighted: correct the headcounts of the period, or the unit and role of '
        ~ 'those who answered (int_survey__strata says where)',
    }
) }}

with

strata as (
    select * from {{ ref('int_survey__strata') }}
),

-- a wave without any headcount says so in each of its figures
counted_waves as (
    select distinct wave from {{ ref('int_survey__cells') }}
    where headcount is not null
),

final as (
    select
        strata.wave,
        strata.stratum_id
    from strata
    inner join counted_waves
        on strata.wave = counted_waves.wave
    where not strata.has_headcount
)

select * from final
