"""The demonstration's MD letters and municipal documents: their directives as coders coded them.

Belongs here: how many directives each letter has, how they are coded, by whom, and their text.
Does not belong here: file formats and file names. Every text and code is invented; the counts of
2022 are made to agree with what Delrapport 1 published, later years are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from dagster_project.demonstration import published as pub

SEED = 20230602
YEARS = (2022, 2023, 2024, 2025)
MUNICIPAL_YEAR = 2023
DIRECTOR = "Direktøren"

Distribution = Mapping[str, float]  # a label, and its percentage


@dataclass(frozen=True)
class Letter:
    """One letter or document, and what its designated coding holds.

    n_directives: None for one that was asked for and never delivered. designated: the coder whose
    coding counts, empty while the letter waits. coders: all who coded it, and how many directives.
    """

    letter_id: str
    collection: str
    kind: str
    year: int
    sender: str
    receiver: str
    line: str
    n_directives: int | None
    n_governing: int = 0
    n_new: int = 0
    designated: str = ""
    coders: Mapping[str, int] | None = None


# sender, receiver, line, part of the letter's id
LETTERS = (
    (DIRECTOR, "ATA", "DIR", "DIR-ATA"),
    (DIRECTOR, "YA", "DIR", "DIR-YA"),
    (DIRECTOR, "ØSA", "DIR", "DIR-OSA"),
    ("ATA", "NAV fylke", "ATL", "ATA-FYLKE"),
    ("ATA", "NKS", "ATL", "ATA-NKS"),
    ("ATA", "HOT", "ATL", "ATA-HOT"),
    ("YA", "YL", "YL", "YA-YL"),
    ("ØSA", "ØL", "ØL", "OSA-OL"),
)
# In the order of LETTERS: directives in the letter, those that govern, those that are new.
PLANS = {
    2022: (
        (92, 64, 21), (71, 50, 15), (48, 35, 9),
        (281, pub.GOVERNING_COUNTIES, 157), (118, 84, 66), (101, 71, 57),
        (238, pub.GOVERNING_BENEFITS_LINE, 38), (78, pub.GOVERNING_FINANCE_LINE, 14),
    ),
    2023: (
        (88, 60, 19), (69, 47, 15), (47, 33, 9),
        (268, 197, 131), (112, 78, 52), (96, 66, 47),
        (226, 176, 40), (74, 54, 15),
    ),
    2024: (
        (80, 51, 18), (64, 41, 14), (44, 29, 9),
        (241, 168, 104), (101, 66, 43), (90, 60, 39),
        (205, 154, 43), (69, 49, 16),
    ),
    2025: (
        (75, 46, 17), (60, 37, 13), (42, 26, 9),
        (214, 141, 84), (92, 58, 35), (83, 53, 32),
        (187, 136, 41), (66, 45, 16),
    ),
}  # fmt: skip
# Coded in full by a second coder too, so that one can see how far coders agree.
TWICE_CODED = {"MD-2023-ATA-NKS", "MD-2023-YA-YL", "MD-2023-OSA-OL"}
# Delivered, with nobody's coding designated yet; one coder has begun.
WAITING = {"MD-2025-OSA-OL": {"K3": 24}}

MUNICIPALITIES = pub.MUNICIPALITIES_ASKED
DELIVERED = pub.MUNICIPALITIES_DELIVERED
MUNICIPAL_DIRECTIVES = (14, 27)  # fewest and one more than the most

STEPS = (
    "Innsatsfaktorer", "Aktiviteter", "Produkter og tjenester", "Brukereffekter",
    "Samfunnseffekter",
)  # fmt: skip
FORMS = ("Tallfestet", "Retning", "Kvalitativ")
# By sender; Kommune stands for all municipalities. Percentages in the order of STEPS and FORMS, and
# the percentage with an external focus.
CODED: dict[str, tuple[tuple[float, ...], tuple[float, ...], float]] = {
    DIRECTOR: ((6, 34, 28, 22, 10), (19, 22, 59), 68),
    "ATA": ((8, 44, 27, 15, 6), (24, 26, 50), 63),
    "YA": ((6, 38, 42, 10, 4), (41, 24, 35), 66),
    "ØSA": ((14, 48, 30, 6, 2), (33, 22, 45), 31),
    "Kommune": ((12, 46, 20, 16, 6), (18, 17, 65), 74),
}
# Each year, so many percentage points move from numbers to words, and from activities to users.
DRIFT = 2.0
CONCRETE = {"Ja": 46, "Delvis": 33, "Nei": 21}
KINDS = {"Mål": 34, "Føring": 48, "Prioritering": 18}
SECOND_CODER_DIFFERS = 0.12

# The text of a directive: something to do, and something to do it with.
ACTIONS = (
    "Følge opp", "Styrke", "Videreutvikle", "Prioritere", "Bidra til", "Sikre",
    "Redusere ventetid i", "Øke kvaliteten i", "Ta i bruk", "Samarbeide om",
)  # fmt: skip
THEMES = (
    "oppfølging av arbeidssøkere", "veiledning av unge", "dialog med arbeidsgivere",
    "behandling av søknader", "bruk av digitale løsninger", "internkontroll",
    "kompetanseutvikling", "arbeidsmiljø", "informasjonssikkerhet", "brukermedvirkning",
    "tverrfaglig samarbeid", "rapportering", "klarspråk", "budsjettoppfølging",
)  # fmt: skip


def collections() -> dict[str, list[Letter]]:
    """The letters of each collection, which is one file."""
    return {f"MD-{year}": _md_letters(year) for year in YEARS} | {
        f"KOM-{MUNICIPAL_YEAR}": _municipal_documents()
    }


def _md_letters(year: int) -> list[Letter]:
    letters = []
    for (sender, receiver, line, place), plan in zip(LETTERS, PLANS[year], strict=True):
        letter_id = f"MD-{year}-{place}"
        n, governing, new = plan
        first, second = ("K1", "K2") if sender != "YA" else ("K2", "K1")
        coders = {first: n} | ({second: n} if letter_id in TWICE_CODED else {})
        waiting = WAITING.get(letter_id)
        letters.append(
            Letter(
                letter_id, f"MD-{year}", "MD-brev", year, sender, receiver, line, n, governing,
                new, "" if waiting else first, waiting or coders,
            )
        )  # fmt: skip
    return letters


def _municipal_documents() -> list[Letter]:
    """Every municipality that was asked; those that delivered are spread over the list."""
    rng = np.random.default_rng(SEED)
    delivered = set(rng.permutation(MUNICIPALITIES)[:DELIVERED].tolist())
    sizes = rng.integers(*MUNICIPAL_DIRECTIVES, MUNICIPALITIES).tolist()
    collection = f"KOM-{MUNICIPAL_YEAR}"
    letters = []
    for place, size in enumerate(sizes):
        known = (collection, "Kommunalt dokument", MUNICIPAL_YEAR, f"Kommune {place + 1:02d}")
        letter_id = f"{collection}-{place + 1:02d}"
        if place not in delivered:
            letters.append(Letter(letter_id, *known, "NAV-kontor", "", None))
            continue
        coder = "K1" if place % 2 else "K2"
        governing, new = round(size * 0.8), round(size * 0.7)
        letters.append(
            Letter(letter_id, *known, "NAV-kontor", "", size, governing, new, coder, {coder: size})
        )
    return letters


def letters_frame(letters: Sequence[Letter]) -> pd.DataFrame:
    """The sheet «Brev», one row per letter or document."""
    return pd.DataFrame(
        [
            {
                "Brev-id": letter.letter_id,
                "Samling": letter.collection,
                "Dokumenttype": letter.kind,
                "År": letter.year,
                "Avsender": letter.sender,
                "Mottaker": letter.receiver,
                "Levert": "Nei" if letter.n_directives is None else "Ja",
                "Antall føringer": letter.n_directives,
                "Utpekt koder": letter.designated,
            }
            for letter in letters
        ]
    )


def directives_frame(letters: Sequence[Letter]) -> pd.DataFrame:
    """The sheet «Føringer», one row per directive and coder."""
    return pd.concat([_coded(letter) for letter in letters if letter.coders], ignore_index=True)


def _coded(letter: Letter) -> pd.DataFrame:
    """A letter's directives, by each of its coders."""
    rng = np.random.default_rng([SEED, letter.year, *letter.letter_id.encode()])
    coding = _coding(letter, rng)
    coders = letter.coders or {}
    codings = []
    for coder, coded in coders.items():
        # the first coder's coding is the plan's; another sees some directives differently
        seen = coding if coder == next(iter(coders)) else _seen_differently(coding, rng)
        codings.append(
            seen.head(coded).assign(
                Koder=coder, **{"Gjeldende koding": "Ja" if coder == letter.designated else "Nei"}
            )
        )
    frame = pd.concat(codings, ignore_index=True)
    where: dict[str, Any] = {
        "Brev-id": letter.letter_id,
        "Samling": letter.collection,
        "År": letter.year,
        "Avsender": letter.sender,
        "Mottaker": letter.receiver,
        "Linje": letter.line,
    }
    return frame.assign(**where)[[*where, *frame.columns]]


def _coding(letter: Letter, rng: np.random.Generator) -> pd.DataFrame:
    """The codes of every directive in a letter, as its plan has them, in random order."""
    n = letter.n_directives or 0
    steps, forms, external = _distributions(letter)
    old = n - letter.n_new
    from_allocation = round(old * (1.0 if letter.sender == DIRECTOR else 0.4))
    columns = {
        "Styrende": {"Ja": letter.n_governing, "Nei": n - letter.n_governing},
        "Kilde": {
            "Tildelingsbrev": from_allocation,
            "Brevet over": old - from_allocation,
            "Ny": letter.n_new,
        },
        "Type": _filled(n, KINDS),
        "Trinn": _filled(n, steps),
        "Form": _filled(n, forms),
        "Konkret": _filled(n, CONCRETE),
        "Fokus": _filled(n, {"Ekstern": external, "Intern": 100 - external}),
    }
    texts = [f"{action} {theme}" for action, theme in product(ACTIONS, THEMES)]
    coded = {
        name: rng.permutation(np.repeat(list(counts), list(counts.values())))
        for name, counts in columns.items()
    }
    return pd.DataFrame({"Nr": range(1, n + 1), "Tekst": rng.choice(texts, n), **coded})


def _distributions(letter: Letter) -> tuple[Distribution, Distribution, float]:
    """The percentages of a letter's steps and forms in its year, and of external focus."""
    steps, forms, external = CODED[letter.sender.partition(" ")[0]]
    moved = DRIFT * (letter.year - YEARS[0]) if letter.kind == "MD-brev" else 0.0
    by_step = dict(zip(STEPS, steps, strict=True))
    by_step["Aktiviteter"] -= moved
    by_step["Brukereffekter"] += moved
    by_form = dict(zip(FORMS, forms, strict=True))
    by_form["Tallfestet"] -= moved
    by_form["Kvalitativ"] += moved
    return by_step, by_form, external


def _filled(n: int, percent: Distribution) -> dict[str, int]:
    """n directives shared out by percentage, rounded by the largest remainders."""
    exact = {label: n * share / 100 for label, share in percent.items()}
    counts = {label: int(number) for label, number in exact.items()}
    by_remainder = sorted(exact, key=lambda label: counts[label] - exact[label])
    for label in by_remainder[: n - sum(counts.values())]:
        counts[label] += 1
    return counts


def _seen_differently(coding: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Another coder's codes: some of each column are swapped between directives."""
    seen = coding.copy()
    for column in coding.columns.drop(["Nr", "Tekst"]):
        places = np.flatnonzero(rng.random(len(coding)) < SECOND_CODER_DIFFERS)
        seen.loc[places, column] = rng.permutation(coding[column].to_numpy()[places])
    return seen
