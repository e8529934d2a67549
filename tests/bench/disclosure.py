"""What it costs to protect and attack a survey of national size.

`make bench-disclosure` runs it: 19 counties, 450 offices, 4 roles, 3 waves and 60 questions, on two
cores, in at most two minutes; and how the time grows with the questions.
"""

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np

from dagster_project.attack.bounds import attack
from dagster_project.disclosure.suppress import suppress
from dagster_project.disclosure.weighted import Weighted, hide_weighted
from tests.disclosure.random_tables import DECIMALS, DEMANDS, LIMITS, Crossed, crossed, sheet_of

COUNTIES, OFFICES, ROLES, WAVES, QUESTIONS, CORES = 19, 450, 4, 3, 60, 2
ROLE_SHARES = (0.80, 0.10, 0.06, 0.04)
MOST_SECONDS, MOST_GROWTH = 120, 1.3


def national_wave(seed: int, n_questions: int) -> tuple[Crossed, list[Crossed]]:
    """All respondents by office and role, and the questions; 4 % skip each. What is of the whole
    is weighted by county and role."""
    rng = np.random.default_rng(seed)
    offices = np.array_split(np.arange(OFFICES), COUNTIES)
    tree = {frozenset(range(OFFICES)): [frozenset(of.tolist()) for of in offices]}
    tree |= {frozenset(of.tolist()): [frozenset({int(one)}) for one in of] for of in offices}
    roles = {frozenset(range(ROLES)): [frozenset({role}) for role in range(ROLES)]}
    dimensions = [[tree], [roles], [{}]]
    size = rng.lognormal(mean=3.4, sigma=0.7, size=(OFFICES, 1))
    n = rng.poisson(size * np.array(ROLE_SHARES))[:, :, None]
    weights = rng.uniform(2.0, 8.0, size=(COUNTIES, ROLES))
    counties = [frozenset(of.tolist()) for of in offices]
    questions = []
    for _ in range(n_questions):
        lean = rng.dirichlet([2.0, 2.0, 4.0], size=OFFICES)[:, None, None, :]
        answered = rng.binomial(n, 0.96)
        negative = rng.binomial(answered, lean[..., 0])
        neutral = rng.binomial(answered - negative, lean[..., 1] / (1 - lean[..., 0]))
        answers = np.stack([negative, neutral, answered - negative - neutral], axis=-1)
        one = crossed(dimensions, answers)
        questions.append(replace(one, figures=of_the_whole(one, counties, weights)))
    return crossed(dimensions, n[..., None]), questions


def of_the_whole(
    one: Crossed, counties: Sequence[frozenset[int]], weights: np.ndarray
) -> list[Weighted]:
    """The weighted figures of the whole, of all and of each role."""
    at = {cell: number for number, cell in enumerate(one.cells)}
    every = frozenset(range(ROLES))
    found = []
    for roles in [every, *(frozenset({role}) for role in every)]:
        beneath = {
            at[county, frozenset({role}), frozenset({0})]: float(weights[number, role])
            for number, county in enumerate(counties)
            for role in roles
        }
        found.append(Weighted(at[frozenset(range(OFFICES)), roles, frozenset({0})], beneath))
    return found


def protect_and_attack(
    task: tuple[Crossed, np.ndarray, Sequence[Crossed]],
) -> tuple[float, float, int, int]:
    """Seconds for the one and the other, how many were hidden, and the attack's successes."""
    everyone, hidden, questions = task
    always = {cell for cell, is_one in zip(everyone.cells, hidden, strict=True) if is_one}
    n = dict(zip(everyone.cells, everyone.table.n, strict=True))
    asked = sheet_of(everyone, hidden, "").cells
    protecting, attacking, n_hidden, found = 0.0, 0.0, 0, 0
    for one in questions:
        started = time.perf_counter()
        most = [np.inf if cell in always else float(n[cell]) for cell in one.cells]
        table = replace(one.table, most=np.array(most))
        start = np.array([cell in always for cell in one.cells])
        pattern = suppress(table, LIMITS, start)
        nothing = np.zeros(len(pattern), dtype=bool)
        pattern = hide_weighted(table, LIMITS, pattern, one.figures, DECIMALS, nothing)
        protected = time.perf_counter()
        found += len(list(attack(sheet_of(one, pattern, "question"), asked, DEMANDS)))
        attacking += time.perf_counter() - protected
        protecting += protected - started
        n_hidden += int(pattern.sum())
    return protecting, attacking, n_hidden, found


def measured(n_questions: int) -> dict[str, float]:
    """Protect and attack all waves with so many questions each, on all cores."""
    tasks = []
    waves = [national_wave(wave, n_questions) for wave in range(WAVES)]
    started = time.perf_counter()
    for everyone, questions in waves:
        nothing = np.zeros(len(everyone.cells), dtype=bool)
        hidden = suppress(everyone.table, LIMITS, nothing)
        tasks += [(everyone, hidden, questions[part::CORES]) for part in range(CORES)]
    with ProcessPoolExecutor(CORES) as pool:
        done = list(pool.map(protect_and_attack, tasks))
    protecting, attacking, n_hidden, found = (sum(one) for one in zip(*done, strict=True))
    assert not found, f"the attack succeeded {found} times"
    seconds = time.perf_counter() - started
    return {
        "questions": n_questions,
        "seconds": seconds,
        "protecting": protecting,
        "attacking": attacking,
        "hidden": n_hidden,
    }


def main() -> None:
    """Print what it took; exit status 1 where it is above the limits."""
    half, whole = measured(QUESTIONS // 2), measured(QUESTIONS)
    growth = whole["seconds"] / half["seconds"] / 2
    for one in (half, whole):
        print(
            f"  {one['questions']} questions: {one['seconds']:.1f} s ({one['protecting']:.1f} s of "
            f"protecting and {one['attacking']:.1f} s of attacking on {CORES} cores), "
            f"{one['hidden']} cells hidden"
        )
    print(f"{whole['seconds']:.0f} s (at most {MOST_SECONDS}).")
    print(f"Time a question, to that with half as many: {growth:.2f} (at most {MOST_GROWTH}).")
    print(json.dumps({"half": half, "whole": whole, "growth": growth}))
    sys.exit(whole["seconds"] > MOST_SECONDS or growth > MOST_GROWTH)


if __name__ == "__main__":
    main()
