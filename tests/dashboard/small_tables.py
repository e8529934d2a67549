"""The small release's questions, indicators, goals and organisation, as tables to read at a glance.

Belongs here: literals. Does not belong here: what is made from them (small_release.py).
"""

# ruff: noqa: E501  (a row of a table stands on one line)


def table(text: str) -> list[list[str]]:
    """The cells of a table written with bars between its columns."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


WAVES = ["2017", "2023", "2025"]
SOURCES = {
    "2017": ("medarbeiderundersokelsen_2017.csv", "1" * 64),
    "2023": ("medarbeiderundersokelsen_2023.sav", "2" * 64),
    "2025": ("medarbeiderundersokelsen_2025.xlsx", "3" * 64),
}

# role, name, the respondents' roles that count in it
ROLES = table("""
all            | Alle                       | All                    | staff leader union_rep safety_rep
staff          | Medarbeidere               | Staff                  | staff
leader         | Ledere                     | Leaders                | leader
representative | Tillitsvalgte og verneombud | Representatives       | union_rep safety_rep
union_rep      | Tillitsvalgte              | Union representatives  | union_rep
safety_rep     | Verneombud                 | Safety representatives | safety_rep
""")

# node, name, parent, level, respondents (staff, leaders, union and safety representatives), waves
NODES = table("""
NAV     | NAV                       |         | nav         | 0 0 0 0   | 2017 2023 2025
ATL     | Arbeids- og tjenestelinjen | NAV    | line        | 0 0 0 0   | 2017 2023 2025
FYL-AGD | NAV Agder                 | ATL     | result_area | 0 0 0 0   | 2017 2023 2025
1001    | Kontor Agder 01           | FYL-AGD | unit        | 60 12 6 4 | 2017 2023 2025
1002    | Kontor Agder 02           | FYL-AGD | unit        | 6 1 1 1   | 2017 2023 2025
FYL-VEL | NAV Vestland              | ATL     | result_area | 110 20 11 8 | 2017 2023 2025
FYL-TRF | NAV Troms og Finnmark     | ATL     | result_area | 70 14 8 5 | 2017 2023
FYL-TRM | NAV Troms                 | ATL     | result_area | 50 9 5 4  | 2025
FYL-FIN | NAV Finnmark              | ATL     | result_area | 6 1 1 1   | 2025
NKS     | NAV kontaktsenter         | ATL     | result_area | 90 15 8 6 | 2017 2023 2025
YL      | Ytelseslinjen             | NAV     | line        | 0 0 0 0   | 2017 2023 2025
NAY     | NAV arbeid og ytelser     | YL      | result_area | 120 16 12 9 | 2017 2023 2025
KON     | NAV kontroll              | YL      | result_area | 5 1 1 0   | 2017 2023 2025
KAL     | Klage- og ankelinjen      | NAV     | line        | 0 0 0 0   | 2017 2023 2025
KLA     | NAV klageinstans          | KAL     | result_area | 40 5 3 2  | 2017 2023 2025
""")

# scale, answer class, label
ANSWERS = table("""
effect5 | negative | Svært negativt | Very negative
effect5 | negative | Negativt       | Negative
effect5 | neutral  | Verken eller   | Neither
effect5 | positive | Positivt       | Positive
effect5 | positive | Svært positivt | Very positive
agree5  | negative | Helt uenig     | Strongly disagree
agree5  | negative | Uenig          | Disagree
agree5  | neutral  | Verken eller   | Neither
agree5  | positive | Enig           | Agree
agree5  | positive | Helt enig      | Strongly agree
burden5 | positive | Svært lite     | Very little
burden5 | positive | Lite           | Little
burden5 | neutral  | Noe            | Some
burden5 | negative | Mye            | Much
burden5 | negative | Svært mye      | Very much
""")
CLASSES = table("""
negative | Negativt     | Negative
neutral  | Verken eller | Neither
positive | Positivt     | Positive
""")

# question, goal, battery, scale, label, per cent for each answer, first wave
QUESTIONS = table("""
factor_experience | 1 | discretion_factors | effect5 | Egen erfaring og kompetanse | Own experience and competence | 2 5 17 46 30 | 2017
factor_rules | 1 | discretion_factors | effect5 | Regelstyring | Rules | 13 27 20 28 12 | 2017
factor_time | 1 | discretion_factors | effect5 | Tid | Time | 14 29 21 26 10 | 2017
factor_budgets | 1 | discretion_factors | effect5 | Budsjetter | Budgets | 11 25 34 22 8 | 2023
factor_performance_management | 1 | discretion_factors | effect5 | Mål- og resultatstyring | Performance management | 9 22 37 23 9 | 2017
factor_colleagues | 1 | discretion_factors | effect5 | Kolleger | Colleagues | 1 6 24 44 25 | 2023
competence_time | 1 | competence_conditions | agree5 | Tid til å lære | Time to learn | 16 31 22 23 8 | 2023
learning_arenas | 1 | competence_conditions | agree5 | Arenaer for læring | Arenas for learning | 9 24 27 31 9 | 2023
involvement_service_development | 3 | | agree5 | Medvirkning i tjenesteutvikling | Involvement in service development | 4 12 22 42 20 | 2023
knows_overall_goals | 3 | | agree5 | Kjenner NAVs overordnede mål | Knows NAV's overall goals | 1 6 18 48 27 | 2017
hindrance_to_trust | 4 | | burden5 | Hindring for tillit | Hindrance to trust | 9 18 42 22 9 | 2023
competition_between_units | 4 | | burden5 | Konkurranse mellom enheter | Competition between units | 12 21 27 26 14 | 2017
quantitative_quality | 4 | quantitative_goals | effect5 | Kvalitet | Quality | 6 16 39 29 10 | 2023
quantitative_motivation | 4 | quantitative_goals | effect5 | Motivasjon | Motivation | 8 21 38 25 8 | 2023
""")
ILLUSTRATIVE = {"factor_colleagues"}
LEADERS_LEAN = {"involvement_service_development": 14, "knows_overall_goals": 8}

# wave, question, what broke, note
BREAKS = table("""
2023 | factor_performance_management | scale | 2017 hadde fire svar, uten midtpunkt. | 2017 had four answers, without a middle.
2025 | hindrance_to_trust | wording | Spørsmålet fikk ny ordlyd i 2025. | The question was reworded in 2025.
""")

# indicator, goal, name, measure, answer class, role, compared role, unit, domain, headline, items
INDICATORS = table("""
discretion_experience | 1 | Egen erfaring og kompetanse utvider handlingsrommet | Own experience and competence widens discretion | share | positive | all | | share | survey | yes | factor_experience
discretion_time | 1 | Tid snevrer inn handlingsrommet | Time narrows discretion | share | negative | all | | share | survey | yes | factor_time
discretion_factors | 1 | Faktorer som påvirker handlingsrommet | Factors affecting discretion | battery | | all | | none | survey | | factor_experience factor_rules factor_time factor_budgets factor_performance_management factor_colleagues
competence_conditions | 1 | Vilkår for kompetanseutvikling | Conditions for developing competence | battery | | all | | none | survey | | competence_time learning_arenas
local_development | 2 | Arbeider med lokal tjenesteutvikling | Works on local service development | share | positive | all | | share | activities | yes |
gap_involvement_service_development | 3 | Involvering i tjenesteutvikling | Involvement in service development | gap | positive | leader | representative | share_difference | survey | yes | involvement_service_development
gap_knows_overall_goals | 3 | Kjenner NAVs overordnede mål | Knows NAV's overall goals | gap | positive | leader | representative | share_difference | survey | yes | knows_overall_goals
hindrance_to_trust | 4 | Styringen hindrer tillit mye | Steering hinders trust much | share | negative | staff | | share | survey | yes | hindrance_to_trust
performance_management_rank | 4 | Mål- og resultatstyringens plass blant faktorene | Rank of performance management among the factors | rank | | all | | rank | survey | yes | factor_performance_management
competition_between_units | 4 | Opplever mye konkurranse mellom enheter | Experiences much competition between units | share | negative | all | | share | survey | | competition_between_units
quantitative_goals | 4 | Virkning av kvantitative mål | Effect of quantitative goals | battery | | all | | none | survey | | quantitative_quality quantitative_motivation
user_trust | 5 | Brukere som opplever tillit fra NAV | Users who experience trust from NAV | share | positive | all | | share | user_survey | yes |
""")

# goal, short name, what it says
GOALS = table("""
1 | Faglig handlingsrom | Professional discretion | Større rom til å bruke fagkompetansen. | More room to use competence.
2 | Lokal tjenesteutvikling | Local service development | Tjenestene utvikles lokalt. | Services are developed locally.
3 | Partssamarbeid | Social-partner cooperation | Partene samarbeider bedre. | The parties cooperate better.
4 | Mål- og resultatstyring | Performance management | Styringen gir rom for skjønn. | Steering leaves room for judgement.
5 | Tillit vi viser brukerne | The trust we show users | Tilliten NAV viser brukerne. | The trust NAV shows users.
""")

# figure, goal, what is measured, population, value, upper end, unit, comparator, period, section
FIGURES = table("""
DR1-07 | 1 | Andel som svarer at egen erfaring virker positivt | Share answering that own experience works positively | Alle ansatte | All employees | 75.93 | | percent | exact | 2023 | 4.2.1.2
DR1-24 | 4 | Mindretall som finner kvantitative mål negative | Minority finding quantitative goals negative | Ikke oppgitt | Not stated | 15 | 30 | percent | range | 2023 | 4.2.4.4
DR1-29 | 5 | Andel som opplever tillit fra NAV | Share experiencing trust from NAV | Brukere i veiledning | Users in guidance | 90 | | percent | nearly | 2022 | 4.2.5
""")
FINDINGS = table("""
F-02 | 1 | Egen kompetanse utvider handlingsrommet | Own competence widens room for discretion | 4.2.1.2
F-07 | 2 | Det er mye lokal tjenesteutvikling | There is much local service development | 4.2.2.1
""")
SOURCE_OF_PUBLISHED = {
    "source_file": "published.csv",
    "source_sha256": "7" * 64,
    "source_id": "delrapport1",
    "source_title": "Tillitsreformen, Delrapport 1",
}
