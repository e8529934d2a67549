"""One survey wave of a whole nation's civil service: a million respondents, forty questions.

Belongs here: its codebook, organisation and answers, the same from run to run; nothing is real.
Does not belong here: what is measured on it (national.py).
"""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dagster_project.settings import PROJECT

RESPONDENTS, SEED = 1_000_000, 20230630
INSTRUMENT, WAVE = "national", "2024"  # no year that anything is published of
AREAS, UNITS_PER_AREA = 21, 20
LINES = ("ATL", "YL", "OL")
ROLES = ("staff", "leader", "union_rep", "safety_rep")
ROLE_SHARES = (0.86, 0.08, 0.04, 0.02)
RESPONSE_RATE = 0.7
QUESTIONS = [f"q{number:02}" for number in range(1, 41)]
# Three batteries, each with the indicator that it feeds.
BATTERIES = ["discretion_factors", "competence_conditions", "state_and_municipal_steering"]
CLASSES = {1: "negative", 2: "negative", 3: "neutral", 4: "positive", 5: "positive", 9: "missing"}
UNIT_CODES = [f"U{number:03}" for number in range(AREAS * UNITS_PER_AREA)]


def make_national_wave(data: Path, seeds: Path) -> Path:
    """Write the inbox into `data` and a copy of the seeds with the wave's codebook alone into
    `seeds`; returns the Parquet file with the answers."""
    shutil.copytree(PROJECT / "seeds", seeds)
    for book in (seeds / "codebooks").iterdir():
        book.unlink()
    text = json.dumps(codebook(), ensure_ascii=False)  # JSON is YAML
    (seeds / "codebooks" / f"{INSTRUMENT}.yml").write_text(text, encoding="utf-8")
    rng = np.random.default_rng(SEED)
    answered = respondents_by_unit(rng)
    write_organisation(data / "inbox" / "organisation", answered)
    return write_answers(data / "inbox" / "survey", answered, rng)


def codebook() -> dict[str, object]:
    """Forty questions on one scale, put to everybody."""
    return {
        "instrument": INSTRUMENT,
        "waves": {WAVE: {"title": both("Bench"), "organisation_period": int(WAVE)}},
        "files": [f"{INSTRUMENT}*"],
        "cells": "code",
        "respondent_id": "RESPID",
        "unit_code": "ENHET",
        "role": {"column": "ROLLE", "codes": {str(n): r for n, r in enumerate(ROLES, start=1)}},
        "scales": {
            "five": [{"code": code, "class": c} | both(str(code)) for code, c in CLASSES.items()]
        },
        "questions": [
            {
                "id": question,
                "scale": "five",
                "goal": 1,
                "indicators": [BATTERIES[number % len(BATTERIES)]],
                "battery": BATTERIES[number % len(BATTERIES)],
                "label": both(question),
                "asked": [{"column": question.upper(), "of": ROLES, "wording": both(question)}],
            }
            for number, question in enumerate(QUESTIONS)
        ],
    }


def both(text: str) -> dict[str, str]:
    return {"nb": text, "en": text}


def respondents_by_unit(rng: np.random.Generator) -> np.ndarray:
    """How many answered, by unit and role; units differ in size by a factor of ten or so."""
    sizes = rng.lognormal(sigma=0.6, size=len(UNIT_CODES))
    shares = np.outer(sizes / sizes.sum(), ROLE_SHARES).ravel()
    return rng.multinomial(RESPONDENTS, shares).reshape(len(UNIT_CODES), len(ROLES))


def write_organisation(folder: Path, answered: np.ndarray) -> None:
    """The tree: lines, areas, units; people are employed in units alone."""
    heading = ["År", "Enhetsnr", "Enhetsnavn", "Overordnet enhet", "Nivå", "Avdeling", "Linje"]
    heading += ["Resultatområde", "NAV-region", "Medarbeidere", "Ledere", "Tillitsvalgte"]
    heading += ["Verneombud", "Årsverk", "Datagrunnlag"]
    nodes = [("NAV", "", "NAV"), *((line, "NAV", "Linje") for line in LINES)]
    nodes += [(f"A{n:02}", LINES[n % len(LINES)], "Resultatområde") for n in range(AREAS)]
    people = {code: [0] * len(ROLES) for code, *_ in nodes}
    for number, code in enumerate(UNIT_CODES):
        nodes.append((code, f"A{number // UNITS_PER_AREA:02}", "Enhet"))
        people[code] = [round(n / RESPONSE_RATE) + 1 for n in answered[number].tolist()]
    folder.mkdir(parents=True)
    with (folder / f"organisasjon_{WAVE}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heading)
        for code, parent, level in nodes:
            heads = people[code]
            row = [WAVE, code, code, parent, level, "", "", "", "", *heads, sum(heads)]
            writer.writerow([*row, "demonstrasjon"])


def write_answers(folder: Path, answered: np.ndarray, rng: np.random.Generator) -> Path:
    """One row a respondent, one column a question; 4 % are empty, and units lean their own way."""
    cells = rng.permutation(np.repeat(np.arange(answered.size), answered.ravel()))
    units, roles = np.divmod(cells, len(ROLES))
    codes = pa.DictionaryArray.from_arrays(pa.array(units.astype(np.int32)), pa.array(UNIT_CODES))
    marked = pa.array(np.zeros(RESPONDENTS, np.int32))
    columns = {
        "RESPID": pa.array(np.arange(1, RESPONDENTS + 1)),
        "ENHET": codes,
        "ROLLE": pa.array((roles + 1).astype(np.int8)),
        "Datagrunnlag": pa.DictionaryArray.from_arrays(marked, pa.array(["demonstrasjon"])),
    }
    leaning = rng.normal(scale=0.4, size=(len(QUESTIONS), len(UNIT_CODES)))
    for question, lean in zip(QUESTIONS, leaning, strict=True):
        felt = rng.normal(loc=3.2, scale=1.1, size=RESPONDENTS) + lean[units]
        answers = np.clip(np.rint(felt), 1, 5).astype(np.int8)
        chance = rng.random(RESPONDENTS)
        answers[chance < 0.05] = 9
        columns[question.upper()] = pa.array(answers, mask=chance > 0.96)
    folder.mkdir(parents=True)
    path = folder / f"{INSTRUMENT}_{WAVE}.parquet"
    pq.write_table(pa.table(columns), path)
    return path
