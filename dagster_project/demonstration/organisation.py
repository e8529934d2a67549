"""The demonstration organisation: the tree of units with headcounts, in each of three years.

Belongs here: nodes, how offices merge and a county splits, and who works where.
Does not belong here: who answers a survey. Lines, counties and central units bear real names;
offices are neutral ("Kontor Agder 01") and every headcount is invented.
"""

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
import pandas as pd

ROOT = "NAV"
ROLES = ("staff", "leader", "union_rep", "safety_rep")

# Shares of a unit's people who are leaders, union and safety representatives; the rest are staff.
ROLE_SHARES = {"leader": 0.08, "union_rep": 0.03, "safety_rep": 0.02}
# Headcount against 2023.
GROWTH = {2017: 0.92, 2023: 1.0, 2025: 1.025}
OFFICES_PER_COUNTY = 8


@dataclass(frozen=True)
class Unit:
    """One node of the tree in one year, as the organisation file tells it."""

    code: str
    name: str
    parent: str
    level: str
    department: str = ""
    line: str = ""
    area: str = ""
    region: str = ""
    people: int = 0
    predecessors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def headcount(self) -> dict[str, int]:
        """People by role; at least one leader and one safety representative where anyone works."""
        least = {"leader": 1, "union_rep": 0, "safety_rep": 1} if self.people else {}
        others = {
            role: max(least.get(role, 0), round(self.people * share))
            for role, share in ROLE_SHARES.items()
        }
        return {"staff": self.people - sum(others.values()), **others}


@dataclass(frozen=True)
class Area:
    """A result area as of 2023: where it hangs, how many work there, in how many units."""

    code: str
    name: str
    line: str
    department: str
    people: int
    units: int
    first_code: int
    unit_name: str
    region: str = ""
    aliases: tuple[str, ...] = ()


LINES = (
    Unit("DIR", "Arbeids- og velferdsdirektoratet", ROOT, "Linje", line="DIR"),
    Unit("ATL", "Arbeids- og tjenestelinjen", ROOT, "Linje", "ATA", "ATL"),
    Unit("YL", "Ytelseslinjen", ROOT, "Linje", "YA", "YL"),
    Unit("OL", "Økonomilinjen", ROOT, "Linje", "ØSA", "OL", aliases=("ØL",)),
    Unit("KAL", "Klage- og ankelinjen", ROOT, "Linje", line="KAL"),
)

COUNTIES = (
    ("FYL-AGD", "Agder", 700),
    ("FYL-INN", "Innlandet", 900),
    ("FYL-MOR", "Møre og Romsdal", 640),
    ("FYL-NOR", "Nordland", 650),
    ("FYL-OSL", "Oslo", 1500),
    ("FYL-ROG", "Rogaland", 950),
    ("FYL-TRF", "Troms og Finnmark", 640),
    ("FYL-TRO", "Trøndelag", 1000),
    ("FYL-VFT", "Vestfold og Telemark", 1000),
    ("FYL-VEL", "Vestland", 1350),
    ("FYL-VVI", "Vest-Viken", 900),
    ("FYL-OVI", "Øst-Viken", 980),
)

CENTRAL = (
    Area("NKS", "NAV kontaktsenter", "ATL", "ATA", 1450, 6, 4101, "Kontaktsenter",
         aliases=("Kontaktsenteret",)),
    Area("HOT", "NAV hjelpemidler og tilrettelegging", "ATL", "ATA", 1050, 8, 4701,
         "Hjelpemiddelsentral"),
    Area("NAY", "NAV arbeid og ytelser", "YL", "YA", 2210, 8, 4401, "Enhet arbeid og ytelser"),
    Area("NFP", "NAV familie- og pensjonsytelser", "YL", "YA", 1450, 5, 4801,
         "Enhet familie og pensjon", aliases=("NAV familie og pensjon",)),
    Area("KON", "NAV kontroll", "YL", "YA", 260, 3, 4501, "Kontrollenhet"),
    Area("NOS", "NAV økonomi stønad", "OL", "ØSA", 400, 2, 4151, "Enhet økonomi stønad"),
    Area("NOP", "NAV økonomi pensjon", "OL", "ØSA", 230, 2, 4161, "Enhet økonomi pensjon"),
    Area("KAI", "Klage- og ankeinstansen", "KAL", "", 940, 5, 4291, "Klageenhet",
         aliases=("NAV Klageinstans",)),
    Area("DIR-ATA", "Arbeids- og tjenesteavdelingen", "DIR", "ATA", 300, 2, 2801, "Seksjon ATA"),
    Area("DIR-YA", "Ytelsesavdelingen", "DIR", "YA", 260, 2, 2811, "Seksjon YA",
         aliases=("YTA",)),
    Area("DIR-OSA", "Økonomi- og styringsavdelingen", "DIR", "ØSA", 240, 2, 2821, "Seksjon ØSA"),
    Area("DIR-FEL", "Øvrige avdelinger", "DIR", "Øvrige", 900, 5, 2831, "Seksjon felles"),
)  # fmt: skip


def organisation(year: int) -> list[Unit]:
    """The whole tree of `year`, root first, each node after its parent."""
    units = [Unit(ROOT, "NAV", "", "NAV", aliases=("Arbeids- og velferdsetaten",)), *LINES]
    for area in (*_county_areas(), *CENTRAL):
        units += _area_with_units(area)
    if year > 2017:
        units = _after_the_merger(units, is_new=year == 2023)
    if year == 2025:
        units = _county_split(units)
    return [replace(unit, people=round(unit.people * GROWTH[year])) for unit in units]


def leaf_units(units: list[Unit]) -> list[Unit]:
    """The nodes where people work."""
    return [unit for unit in units if unit.level == "Enhet"]


def as_frame(year: int, units: list[Unit]) -> pd.DataFrame:
    """The organisation file's columns, one row per node."""
    return pd.DataFrame([_as_row(year, unit) for unit in units])


def _as_row(year: int, unit: Unit) -> dict[str, object]:
    headcount = unit.headcount()
    return {
        "År": year,
        "Enhetsnr": unit.code,
        "Enhetsnavn": unit.name,
        "Overordnet enhet": unit.parent,
        "Nivå": unit.level,
        "Avdeling": unit.department,
        "Linje": unit.line,
        "Resultatområde": unit.area,
        "NAV-region": unit.region,
        "Medarbeidere": headcount["staff"],
        "Ledere": headcount["leader"],
        "Tillitsvalgte": headcount["union_rep"],
        "Verneombud": headcount["safety_rep"],
        "Årsverk": round(unit.people * 0.94, 1),
        "Forgjengere": "|".join(unit.predecessors),
        "Alias": "|".join(unit.aliases),
    }


def _county_areas() -> list[Area]:
    return [
        Area(code, f"NAV {name}", "ATL", "ATA", people, OFFICES_PER_COUNTY,
             number * 100 + 1, f"Kontor {name}", region=name)
        for number, (code, name, people) in enumerate(COUNTIES, start=1)
    ]  # fmt: skip


def _area_with_units(area: Area) -> list[Unit]:
    node = Unit(
        area.code, area.name, area.line, "Resultatområde",
        area.department, area.line, area.code, area.region, aliases=area.aliases,
    )  # fmt: skip
    return [
        node,
        *(
            Unit(
                f"{area.first_code + number:04d}", f"{area.unit_name} {number + 1:02d}", area.code,
                "Enhet", area.department, area.line, area.code, area.region, people=people,
            )
            for number, people in enumerate(_unit_sizes(area))
        ),
    ]  # fmt: skip


def _unit_sizes(area: Area) -> list[int]:
    """A few large units and a tail of small ones, summing to the area's people."""
    # Offices in a county differ much more in size than units of a central area do.
    shrink = 0.72 if area.region else 0.9
    weights = shrink ** np.arange(area.units)
    edges = [round(edge) for edge in accumulate(area.people * weights / weights.sum(), initial=0.0)]
    return [high - low for low, high in pairwise(edges)]


MERGED = ("0207", "0208")
MERGER = "0209"


def _after_the_merger(units: list[Unit], is_new: bool) -> list[Unit]:
    """Two offices in Innlandet have become one, under a new number."""
    former = [unit for unit in units if unit.code in MERGED]
    merged = replace(
        former[0],
        code=MERGER,
        name="Kontor Innlandet 09",
        people=sum(unit.people for unit in former),
        predecessors=MERGED if is_new else (),
        aliases=tuple(unit.name for unit in former),
    )
    first = units.index(former[0])
    return [*units[:first], merged, *units[first + len(former) :]]


# Which offices of the county that splits go where.
SPLIT = {
    "FYL-TRM": ("Troms", ("0701", "0703", "0705", "0706", "0708")),
    "FYL-FIN": ("Finnmark", ("0702", "0704", "0707")),
}


def _county_split(units: list[Unit]) -> list[Unit]:
    """Troms og Finnmark has become two counties; its offices keep their numbers."""
    split = [
        moved
        for code, (county, offices) in SPLIT.items()
        for moved in _moved_county(units, code, county, offices)
    ]
    first = next(place for place, unit in enumerate(units) if unit.area == "FYL-TRF")
    others = [unit for unit in units if unit.area != "FYL-TRF"]
    return [*others[:first], *split, *others[first:]]


def _moved_county(
    units: list[Unit], code: str, county: str, offices: tuple[str, ...]
) -> list[Unit]:
    former = next(unit for unit in units if unit.code == "FYL-TRF")
    node = replace(
        former, code=code, name=f"NAV {county}", area=code, region=county, predecessors=("FYL-TRF",)
    )
    return [
        node,
        *(
            replace(
                unit,
                name=unit.name.replace("Troms og Finnmark", county),
                parent=code,
                area=code,
                region=county,
                aliases=(unit.name,),
            )
            for unit in units
            if unit.code in offices
        ),
    ]
