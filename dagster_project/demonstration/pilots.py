"""The demonstration pilots: a registry of four, and what their metrics were month by month.

Belongs here: the registry in two years, and the metrics of pilot and comparison units.
Does not belong here: any real pilot. That four were chosen in spring 2024 is published; their
names, units, costs and figures are invented, and say nothing of an effect.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

SEED = 20240401
MONTHS_EACH_WAY = 12


@dataclass(frozen=True)
class Metric:
    """A metric with its level before the start, how it drifts, and cases a month in a unit."""

    name: str
    name_en: str
    direction: str
    level: float
    drift: float
    cases: int
    decimals: int = 1


@dataclass(frozen=True)
class Pilot:
    """One row of the registry; status and cost_so_far by year."""

    id: str
    name: str
    name_en: str
    purpose: str
    goal: int
    units: tuple[str, ...]
    comparison: tuple[str, ...]
    start: date
    end: date
    milestones: tuple[tuple[date, str], ...]
    metric: Metric
    evaluation: str
    frames: str
    status: dict[int, str]
    cost_so_far: dict[int, int]
    cost_estimate: int | None = None
    small: dict[str, int] = field(default_factory=dict)


PILOTS = (
    Pilot(
        "FORSOK-1", "Samlet saksansvar i team", "Teams responsible for whole cases",
        "Team får ansvar for hele saken, slik at de som kjenner den, finner løsningen.", 2,
        ("4401", "4402"), ("4403", "4404"), date(2024, 5, 1), date(2026, 4, 30),
        ((date(2024, 5, 1), "Oppstart"), (date(2024, 11, 1), "Første gjennomgang"),
         (date(2025, 5, 2), "Halvveis"), (date(2026, 4, 30), "Sluttrapport")),
        Metric("Saksbehandlingstid i dager", "Days of processing", "ned", 46, -4, 420),
        "Måling før og etter, sammenlignet med enheter uten forsøk", "Ja",
        {2024: "Pågår", 2025: "Pågår"}, {2024: 310_000, 2025: 720_000}, 1_400_000,
    ),
    Pilot(
        "FORSOK-2", "Færre interne rapporter", "Fewer internal reports",
        "Enheten velger selv hvilke interne rapporter den trenger.", 4,
        ("4405", "0101"), ("4406", "0102"), date(2024, 4, 15), date(2025, 4, 14),
        ((date(2024, 4, 15), "Oppstart"), (date(2024, 10, 15), "Halvveis"),
         (date(2025, 4, 14), "Avslutning")),
        Metric("Timer til rapportering per sak", "Hours of reporting per case", "ned", 2.4, -0.3,
               260, 2),
        "", "Ja",
        {2024: "Pågår", 2025: "Avsluttet"}, {2024: 120_000, 2025: 240_000}, 250_000,
    ),
    Pilot(
        "FORSOK-3", "Fast kontakt med NAV-kontor", "A fixed contact at the local office",
        "Ytelse og kontor møtes om samme bruker uten å gå veien om linjene.", 2,
        ("4407", "0301", "1201"), ("4408", "0302", "1202"), date(2024, 6, 1), date(2025, 12, 31),
        ((date(2024, 6, 1), "Oppstart"), (date(2025, 1, 15), "Halvveis"),
         (date(2025, 12, 31), "Avslutning")),
        Metric("Andel saker løst ved første kontakt i prosent",
               "Per cent of cases solved at first contact", "opp", 52, 1, 180),
        "Intervjuer og måling i forsøks- og sammenligningsenheter", "Ja",
        {2024: "Planlagt", 2025: "Stanset"}, {2024: 0, 2025: 160_000},
    ),
    Pilot(
        "FORSOK-4", "Lokalt valgte mål", "Goals chosen locally",
        "Enheten setter egne mål i samråd med tillitsvalgte og verneombud.", 4,
        ("4402", "1001"), ("4406", "1008"), date(2024, 6, 1), date(2026, 5, 31),
        ((date(2024, 6, 1), "Oppstart"), (date(2025, 6, 2), "Halvveis"),
         (date(2026, 5, 31), "Sluttrapport")),
        Metric("Omgjøringer i prosent", "Per cent of decisions reversed", "ned", 14, -0.5, 24),
        "Trinnvis innføring; enhetene som begynner sist, er sammenligning", "Uavklart",
        {2024: "Planlagt", 2025: "Pågår"}, {2024: 0, 2025: 90_000}, 600_000,
        small={"4406": 5, "1008": 4},
    ),
)  # fmt: skip
YEARS = (2024, 2025)


def registry() -> pd.DataFrame:
    """The sheet Register: each pilot in each year, the older year first."""
    return pd.DataFrame([_row(pilot, year) for year in YEARS for pilot in PILOTS])


def _row(pilot: Pilot, year: int) -> dict[str, object]:
    most = max(len(each.milestones) for each in PILOTS)
    milestones = [*pilot.milestones, *[("", "")] * (most - len(pilot.milestones))]
    return {
        "År": year,
        "Forsøk-id": pilot.id,
        "Navn": pilot.name,
        "Navn en": pilot.name_en,
        "Formål": pilot.purpose,
        "Mål": pilot.goal,
        "Enheter": "; ".join(pilot.units),
        "Sammenligningsenheter": "; ".join(pilot.comparison),
        "Start": pilot.start,
        "Slutt": pilot.end,
        **{
            heading: cell
            for number, (day, what) in enumerate(milestones, start=1)
            for heading, cell in ((f"Milepæl {number} dato", day), (f"Milepæl {number}", what))
        },
        "Kostnadsestimat": "" if pilot.cost_estimate is None else pilot.cost_estimate,
        "Kostnad til nå": pilot.cost_so_far[year],
        "Primært måltall": pilot.metric.name,
        "Primært måltall en": pilot.metric.name_en,
        "Retning": pilot.metric.direction,
        "Evalueringsdesign": pilot.evaluation,
        "Innenfor dagens rammer": pilot.frames,
        "Status": pilot.status[year],
    }


def metrics() -> pd.DataFrame:
    """The sheet Måltall: twelve months on either side of each pilot's start."""
    random = np.random.default_rng(SEED)
    rows = []
    for pilot in PILOTS:
        months = _months_around(pilot.start)
        for unit in (*pilot.units, *pilot.comparison):
            own_level = pilot.metric.level * random.uniform(0.92, 1.08)
            cases = pilot.small.get(unit, pilot.metric.cases)
            for place, month in enumerate(months):
                since_start = max(0, place - MONTHS_EACH_WAY) / MONTHS_EACH_WAY
                drift = pilot.metric.drift * since_start * (unit in pilot.units)
                noise = random.normal(0, 0.02 * pilot.metric.level)
                rows.append(
                    {
                        "Enhetsnr": unit,
                        "Måned": month,
                        "Måltall": pilot.metric.name,
                        "Verdi": round(own_level + drift + noise, pilot.metric.decimals),
                        "Antall saker": int(random.poisson(cases)),
                    }
                )
    return pd.DataFrame(rows)


def _months_around(start: date) -> list[date]:
    first = start.year * 12 + start.month - 1 - MONTHS_EACH_WAY
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, first + 2 * MONTHS_EACH_WAY)]
