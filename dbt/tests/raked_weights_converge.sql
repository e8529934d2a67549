-- A warning: figures of the wave are then not weighted, and say so.
{{ config(
    severity='warn',
    meta={
        'nb': 'antall ansatte etter enhet og etter rolle går opp mot hverandre og mot hvem som har '
        ~ 'svart, ellers er målingen uvektet: rett tallene i periodens organisasjon '
        ~ '(int_survey__raked_headcounts sier hvilken måling)',
        'en': 'the headcounts by unit and by role can both be met by those who answered, or the wave is '
        ~ 'not weighted: correct the headcounts of the period (int_survey__raked_headcounts says '
        ~ 'which wave)',
    }
) }}

select distinct wave
from {{ ref('int_survey__raked_headcounts') }}
where not is_converged
