"""The demonstration measures: recommendations and measures as a secretariat might register them.

Belongs here: invented measures on the published findings, with owners by role and never by name.
Does not belong here: any real measure.
"""

# ruff: noqa: E501  (a row of a table stands on one line)

from datetime import date

import pandas as pd

TAKEN_OUT = date(2025, 6, 1)
COLUMNS = ["Tiltak-id", "Tittel nb", "Tittel en", "Funn", "Mål", "Type", "Eier", "Nivå", "Status",
           "Registrert", "Sist endret", "Frist"]  # fmt: skip
DATES = ("Registrert", "Sist endret", "Frist")

# one row is one measure; a due date may be empty
TABLE = """
T-01 | Møteplasser for dem som arbeider med samme bruker | Meeting places for those who work with the same user | F-01 | 1 | Tiltak | Arbeids- og tjenesteavdelingen | Avdeling | Pågår | 2023-11-01 | 2025-03-12 | 2025-10-01
T-02 | Tid til læring i arbeidsuken | Time to learn in the working week | F-03; F-04 | 1 | Anbefaling | Ytelsesavdelingen | Avdeling | Besluttet | 2023-11-01 | 2024-05-20 | 2025-06-30
T-03 | Felles læringsarenaer på tvers av enheter | Learning arenas across units | F-03 | 1 | Tiltak | Ytelseslinjen | Linje | Pågår | 2024-01-15 | 2025-04-28 | 2025-12-31
T-04 | Kurs i ledelse av kunnskapsarbeid | Course in leading knowledge work | F-05 | 1 | Tiltak | Direktoratet | Nasjonalt | Gjennomført | 2023-11-01 | 2024-11-30 | 2024-12-01
T-05 | Gjennomgang av interne regler og rutiner | Review of internal rules and routines | F-06; F-02 | 1 | Anbefaling | Arbeids- og velferdsdirektoratet | Nasjonalt | Foreslått | 2024-02-10 | 2024-02-10 | 2025-09-01
T-06 | System for å ta imot ideer lokalt | A system for taking in local ideas | F-08 | 2 | Tiltak | NAV Agder | Fylke | Pågår | 2024-03-01 | 2025-05-05 | 2025-11-15
T-07 | Midler til lokal utvikling uten søknad | Funds for local development without application | F-09 | 2 | Anbefaling | Økonomi- og styringsavdelingen | Avdeling | Foreslått | 2023-11-20 | 2023-12-01 |
T-08 | Begrepet lokal tjenesteutvikling for ytelseslinjen | The notion of local service development in the benefits line | F-10 | 2 | Tiltak | Ytelseslinjen | Linje | Gjennomført | 2024-01-10 | 2024-09-02 | 2024-09-30
T-09 | Forsøk med mer lokalt handlingsrom | Pilots with more local discretion | F-07; F-10 | 2 | Tiltak | NAV arbeid og ytelser | Linje | Pågår | 2024-04-01 | 2025-05-20 | 2026-06-30
T-10 | Samtaler om utviklingsorientert ledelse | Talks on development-minded leadership | F-11 | 2 | Tiltak | NAV Vestland | Fylke | Stanset | 2024-02-01 | 2024-08-19 | 2024-12-31
T-11 | Avtale om tidlig involvering av partene | Agreement on involving the parties early | F-12 | 3 | Tiltak | Arbeids- og velferdsdirektoratet | Nasjonalt | Besluttet | 2023-11-01 | 2025-02-14 | 2025-08-31
T-12 | Felles opplæring i medbestemmelse | Joint training in co-determination | F-12; F-13 | 3 | Tiltak | NAV Trøndelag | Fylke | Pågår | 2024-03-15 | 2025-05-26 | 2025-10-31
T-13 | MBA som arena for mål og prioriteringer | The co-determination meeting as arena for goals and priorities | F-13 | 3 | Anbefaling | NAV kontaktsenter | Enhet | Foreslått | 2024-05-02 | 2024-05-02 | 2025-05-31
T-14 | Åpenhet om beslutninger på nivået over | Openness about decisions at the level above | F-14 | 3 | Anbefaling | Arbeids- og tjenestelinjen | Linje | Besluttet | 2024-01-20 | 2024-10-10 | 2025-07-01
T-15 | Verneombud med i planleggingen | Safety representatives in the planning | F-12 | 3 | Tiltak | NAV Rogaland | Fylke | Gjennomført | 2024-02-20 | 2025-01-31 | 2025-02-01
T-16 | Færre føringer i brevene | Fewer directives in the letters | F-15 | 4 | Tiltak | Økonomi- og styringsavdelingen | Avdeling | Pågår | 2023-11-01 | 2025-05-15 | 2026-01-15
T-17 | Fra aktivitet til brukereffekt i målene | From activity to user effect in the goals | F-16; F-17 | 4 | Anbefaling | Arbeids- og tjenesteavdelingen | Avdeling | Besluttet | 2024-01-08 | 2024-06-03 | 2025-12-01
T-18 | Kvalitative mål ved siden av tellingene | Qualitative goals beside the counts | F-20 | 4 | Tiltak | Ytelsesavdelingen | Avdeling | Pågår | 2024-02-12 | 2025-04-02 | 2025-09-15
T-19 | Vise spredning i stedet for rangering | Show spread rather than rank | F-21 | 4 | Tiltak | Økonomilinjen | Linje | Gjennomført | 2024-03-04 | 2024-12-16 | 2025-01-01
T-20 | Dialog om resultatene med nivået over | Dialogue on results with the level above | F-22 | 4 | Anbefaling | NAV Nordland | Fylke | Foreslått | 2024-04-22 | 2024-04-22 | 2025-06-15
T-21 | Brukerutvalg med fra start i utviklingsarbeid | User councils from the start of development work | F-24 | 5 | Tiltak | NAV Innlandet | Fylke | Pågår | 2024-01-25 | 2025-03-30 | 2025-10-01
T-22 | Klart språk i vedtak | Plain language in decisions | F-25 | 5 | Tiltak | Ytelsesavdelingen | Avdeling | Pågår | 2023-12-05 | 2024-09-27 | 2025-06-01
T-23 | Samtalepakke om tillit vi viser | Conversation package on the trust we show | F-26; F-27 | 5 | Tiltak | Arbeids- og velferdsdirektoratet | Nasjonalt | Gjennomført | 2023-11-15 | 2024-06-14 | 2024-06-30
T-24 | Øve på vanskelige samtaler med brukere | Practise difficult conversations with users | F-27 | 5 | Anbefaling | NAV Oslo | Fylke | Foreslått | 2024-06-01 | 2024-06-01 | 2025-11-30
"""


def register() -> pd.DataFrame:
    """The sheet Tiltak, one row per measure."""
    rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    for column in DATES:
        frame[column] = [date.fromisoformat(cell) if cell else "" for cell in frame[column]]
    frame["Mål"] = frame["Mål"].astype(int)
    frame["Per dato"] = TAKEN_OUT
    return frame
