-- A warning: people move between the day of the count and the survey, so that a few too many need
-- be no fault; where they are all of a stratum, each stands for one.
{{ config(
    severity='warn',
    meta={
        'nb': 'ikke flere har svart i en rolle i et resultatområde enn det er ansatte, ellers er '
        ~ 'vektene deres gale: rett periodens antall ansatte, eller enhet og rolle for dem som svarte '
        ~ '(int_survey__cells sier hvor)',
        'en': 'no more have answered, of a role in a result area, than there are, or their weights '
        ~ 'are wrong: correct the headcounts of the period, or the unit and role of those who '
        ~ 'answered (int_survey__cells says where)',
    }
) }}

with

cells as (
    select * from {{ ref('int_survey__cells') }}
),

final as (
    select
        wave,
        area_node_id,
        respondent_role
    from cells
    where n_respondents > headcount
)

select * from final
