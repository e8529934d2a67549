"""The demonstration user survey: invented answers of three years, and the shares that are public.

Belongs here: who is asked, how they answer, on which scale; and the published shares, which are
real and carry their source. Does not belong here: file formats (formats.py), the files' places
(inbox.py).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dagster_project.demonstration.organisation import Unit

SEED = 5
YEARS = (2023, 2024, 2025)
DONT_KNOW = "Vet ikke"
DONT_KNOW_SHARE = 0.04
QUESTION = "Tillit fra NAV"
SITUATIONS = ("Veiledning", "Søknad")


@dataclass(frozen=True)
class Scale:
    """A scale of whole numbers from 1; answers from `positive_from` on are positive."""

    scale_id: str
    highest: int
    positive_from: int


SIX = Scale("six_point_4", 6, 4)
FIVE = Scale("five_point_4", 5, 4)
SCALES = {2023: SIX, 2024: SIX, 2025: FIVE}

# Percentages positive; the middle of the five-point scale takes some of them away in 2025.
POSITIVE = {
    (2023, "Veiledning"): 88.0,
    (2023, "Søknad"): 78.5,
    (2024, "Veiledning"): 88.8,
    (2024, "Søknad"): 80.5,
    (2025, "Veiledning"): 78.0,
    (2025, "Søknad"): 69.0,
}
# Share of the respondents, and how far they lean from the year's percentage.
GROUPS = {
    "Arbeidssøkere under 30 år": (0.17, -2.5),
    "Arbeidssøkere fra 30 år": (0.22, 0.0),
    "Sykmeldte": (0.2, 2.0),
    "Mottakere av arbeidsavklaringspenger": (0.18, -3.0),
    "Uføretrygdede": (0.13, 0.5),
    "Familier med barn": (0.1, 3.0),
}
SERVICES = {
    "Arbeidsrettet oppfølging": (0.42, 1.0),
    "Ytelser og pensjon": (0.35, -1.0),
    "Sosiale tjenester": (0.1494, -2.0),
    "Hjelpemidler": (0.078, 4.0),
    "Økonomi- og gjeldsrådgivning": (0.0026, 0.0),  # so few that a figure on them is withheld
}
IN_A_COUNTY = 300
IN_A_SMALL_COUNTY = {"FYL-FIN": 16}  # fewer than ten in each situation

# Real, as published: year, question, situation, per cent, how exactly it is put, n, scale, source,
# section. The survey's own report gives no section for trust in NAV.
PUBLISHED_SHARES = (
    (2022, "Tillit fra NAV", "Veiledning", "90", "nesten", "", "six_point_4", "delrapport1",
     "4.2.5"),
    (2022, "Tillit fra NAV", "Søknad", "80", "nøyaktig", "", "six_point_4", "delrapport1",
     "4.2.5"),
    (2023, "Tillit til NAV", "Alle", "71", "nøyaktig", "", "six_point_4",
     "personbrukerundersokelsen", ""),
    (2025, "Tillit til NAV", "Alle", "76", "nøyaktig", "", "six_point_4",
     "personbrukerundersokelsen", ""),
)  # fmt: skip


def answered_survey(year: int, units: list[Unit]) -> pd.DataFrame:
    """The answers of one year, one row each: each respondent has met NAV in one situation."""
    random = np.random.default_rng([SEED, year])
    counties = [
        unit.code
        for unit in units
        if unit.level == "Resultatområde" and unit.region
        for _ in range(IN_A_SMALL_COUNTY.get(unit.code, IN_A_COUNTY))
    ]
    size = len(counties)
    rows = pd.DataFrame(
        {
            "År": year,
            "Respondent": [f"B{year}-{number:05d}" for number in range(1, size + 1)],
            "Situasjon": random.choice(SITUATIONS, size, p=[0.55, 0.45]),
            "Spørsmål": QUESTION,
            "Svar": "",
            "Skala": SCALES[year].scale_id,
            "Brukergruppe": _drawn(GROUPS, size, random),
            "Tjeneste": _drawn(SERVICES, size, random),
            "Fylke": counties,
        }
    )
    leans = rows["Brukergruppe"].map({name: lean for name, (_, lean) in GROUPS.items()})
    leans += rows["Tjeneste"].map({name: lean for name, (_, lean) in SERVICES.items()})
    planned = rows["Situasjon"].map({s: POSITIVE[year, s] for s in SITUATIONS})
    is_positive = random.random(size) * 100 < planned + leans
    answers = _answers(np.asarray(is_positive), SCALES[year], random)
    silent = random.random(size) < DONT_KNOW_SHARE
    return rows.assign(Svar=np.where(silent, DONT_KNOW, answers.astype(str)))


def published_shares() -> pd.DataFrame:
    """The published shares as the file tells them; not a demonstration."""
    columns = [
        "År",
        "Spørsmål",
        "Situasjon",
        "Andel",
        "Presisjon",
        "N",
        "Skala",
        "Kilde",
        "Seksjon",
    ]
    return pd.DataFrame(PUBLISHED_SHARES, columns=columns)


def _drawn(
    shares: dict[str, tuple[float, float]], size: int, random: np.random.Generator
) -> np.ndarray:
    """A name for each respondent, by the names' shares."""
    return random.choice(list(shares), size, p=[share for share, _ in shares.values()])


def _answers(is_positive: np.ndarray, scale: Scale, random: np.random.Generator) -> np.ndarray:
    """A number on the scale for each respondent; most negative answers lie near the middle."""
    high = random.integers(scale.positive_from, scale.highest + 1, len(is_positive))
    steps = random.integers(1, scale.positive_from, (2, len(is_positive)))
    return np.where(is_positive, high, steps.max(axis=0))
