"""What a wave of a million respondents and forty questions costs, from the inbox to the release.

`make bench-national` runs it. Seconds and peak memory (resident set) are told for each step. Two
ratios, of times taken one right after the other, since a machine's speed changes from minute to
minute: the counts step to the same GROUP BY written by hand, from the same Parquet file to a table;
and all shares with their standard errors to what svy takes for one share of one question, from
respondents that it has in memory. Of svy's figures none is for a unit: that alone takes it minutes.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
import svy

from dagster_project.cli import gc
from dagster_project.run import Progress, run_pipeline
from dagster_project.settings import Settings
from dagster_project.transform import dbt_runner
from dagster_project.warehouse import CONFIGURATION, held_open
from tests.bench.national_wave import QUESTIONS, RESPONDENTS, ROLES, make_national_wave

MOST_GIB, MOST_FOR_COUNTS, MOST_FOR_ESTIMATES = 6, 1.5, 1.0
ROUNDS = 7
SAMPLED_EVERY = 0.02
COUNTS = ["int_survey__answer_counts"]
ESTIMATES = [*COUNTS, "int_survey__stratum_counts", "int_survey__estimates"]
MEMBERS = {role: [role] for role in ROLES} | {
    "representative": ["union_rep", "safety_rep"],
    "all": list(ROLES),
}
LEVELS = ("nav", "line", "area")

BY_HAND = "create table counts as " + " union all ".join(
    f"select '{question}' as question, ENHET as unit, ROLLE as role, {question} as answer, "
    "count(*) as n from read_parquet(getvariable('file')) group by all"
    for question in QUESTIONS
)
RESPONDENTS_OF_ONE_QUESTION = f"""
    select
        strata.stratum_id,
        strata.weight,
        strata.headcount,
        responses.respondent_role,
        'NAV' as nav,
        areas.line_node_id as line,
        areas.area_node_id as area,
        coalesce(answers.answer_class <> 'missing', false) as is_answered,
        case when answers.answer_class = 'positive' then 1e0 else 0e0 end as is_positive
    from staging.stg_survey__responses as responses
    join intermediate.int_survey__unit_strata as unit_strata
        using (wave, unit_code, respondent_role)
    join intermediate.int_survey__strata as strata using (wave, stratum_id)
    join intermediate.int_organisation__areas as areas on areas.node_id = responses.unit_code
    left join staging.stg_codebook__answers as answers
        on answers.question_id = '{QUESTIONS[0]}'
        and answers.answer_code = responses.q_{QUESTIONS[0]}
"""
OURS = f"""
    select node_id, role_id, share_positive, share_positive_error
    from intermediate.int_survey__estimates
    where question_id = '{QUESTIONS[0]}' and node_id not like 'U%'
"""

Figures = dict[tuple[str, str], tuple[float, float]]


# --- the run, in a process of its own ----------------------------------------------------------


def run_and_tell(settings: Settings) -> None:
    """Run the pipeline and print, as JSON, each step's seconds and peak memory in GiB."""
    gc.set_threshold(1_000_000)
    step, started, steps = "before the steps", time.perf_counter(), {}

    def tell(progress: Progress) -> None:
        nonlocal step, started
        if progress.kind == "step_started":
            step, started = progress.name, time.perf_counter()
        elif progress.kind == "step_ended":
            steps[step] = time.perf_counter() - started
            step = "between the steps"

    with peaks(lambda: step) as found:
        begun = time.perf_counter()
        summary = run_pipeline(settings, tell=tell)
        whole = time.perf_counter() - begun
    if summary.outcome != "published":
        sys.exit("; ".join(summary.messages))
    print(json.dumps({"seconds": steps, "peaks": found, "whole": whole}))


@contextmanager
def peaks(where: Callable[[], str]) -> Iterator[dict[str, float]]:
    """The highest resident set seen at each place that `where()` names, in GiB."""
    found: dict[str, float] = {}
    is_over = threading.Event()
    page = os.sysconf("SC_PAGE_SIZE")

    def sample() -> None:
        while not is_over.wait(SAMPLED_EVERY):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            place = where()
            found[place] = max(found.get(place, 0), pages * page / 2**30)

    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    try:
        yield found
    finally:
        is_over.set()
        sampler.join()


# --- the ratios --------------------------------------------------------------------------------


def seconds_of(settings: Settings, models: list[str]) -> float:
    """How long dbt takes for the models, counted anew."""
    with held_open(settings):
        nodes = dbt_runner.build(settings, models, count_anew=True)
    assert all(node.status == "passed" for node in nodes), nodes
    return sum(n.seconds for n in nodes if n.unique_id.startswith("model."))


def seconds_by_hand(file: Path) -> float:
    """The same counts by hand, from the Parquet file to a table in a database of its own."""
    database = file.with_suffix(".duckdb")
    with duckdb.connect(str(database), config=CONFIGURATION) as con:
        con.execute("set variable file = ?", [str(file)])
        started = time.perf_counter()
        con.execute(BY_HAND)
        took = time.perf_counter() - started
        (counted,) = con.execute("select sum(n) from counts").fetchone() or (0,)
    database.unlink()
    assert counted == RESPONDENTS * len(QUESTIONS)
    return took


def counts_ratio(settings: Settings, file: Path) -> float:
    """The median over rounds of our time to the time by hand, one right after the other."""
    ratios = []
    for _ in range(ROUNDS):
        ours, by_hand = seconds_of(settings, COUNTS), seconds_by_hand(file)
        print(f"  counts {ours:.2f} s, by hand {by_hand:.2f} s", flush=True)
        ratios.append(ours / by_hand)
    return statistics.median(ratios)


def by_svy(respondents: pl.DataFrame) -> tuple[float, Figures]:
    """The positive share of one question with its error by node and role, and the time it took."""
    design = svy.Design(stratum="stratum_id", wgt="weight", pop_size="headcount")
    sample = svy.Sample(respondents, design)
    figures: Figures = {}
    started = time.perf_counter()
    for role, members in MEMBERS.items():
        is_meant = svy.col("is_answered") & svy.col("respondent_role").is_in(members)
        for level in LEVELS:
            found = sample.estimation.mean("is_positive", by=level, where=is_meant)
            figures |= {(e.by_level[0], role): (e.est, e.se) for e in found.estimates}
    return time.perf_counter() - started, figures


def estimates_ratio(settings: Settings) -> float:
    """Our time for all estimates to svy's for one share of one question; they must agree."""
    ours = seconds_of(settings, ESTIMATES)
    with duckdb.connect(str(settings.warehouse), config=CONFIGURATION) as con:
        respondents = pl.from_arrow(con.sql(RESPONDENTS_OF_ONE_QUESTION).to_arrow_table())
        figures = {row[:2]: row[2:] for row in con.execute(OURS).fetchall()}
        (n,) = con.execute("select count(*) from intermediate.int_survey__estimates").fetchone()
    theirs, expected = by_svy(respondents)
    assert figures.keys() == expected.keys()
    for key, figure in expected.items():
        assert all(map(math.isclose, figures[key], figure)), (key, figures[key], figure)
    print(f"  {n} nodes, roles and questions with four shares each: {ours:.1f} s")
    print(
        f"  svy, one share of one question for {len(expected)} of them: {theirs:.1f} s", flush=True
    )
    return ours / theirs


def main() -> None:
    """Print the steps and the ratios; exit status 1 where one is above its limit."""
    with tempfile.TemporaryDirectory() as folder:
        data, seeds = Path(folder) / "data", Path(folder) / "seeds"
        file = make_national_wave(data, seeds)
        print(f"{RESPONDENTS} respondents, {len(QUESTIONS)} questions", flush=True)
        run = [sys.executable, "-m", "tests.bench.national", str(data), str(seeds)]
        done = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True)
        told = json.loads(done.stdout.splitlines()[-1])
        for step, peak in told["peaks"].items():
            took = f"{told['seconds'][step]:6.1f} s" if step in told["seconds"] else " " * 8
            print(f"  {step:20} {took} {peak:6.2f} GiB")
        peak = max(told["peaks"].values())
        print(f"  {'the whole run':20} {told['whole']:6.1f} s {peak:6.2f} GiB", flush=True)
        settings = Settings(data, seeds=seeds)
        counts, estimates = counts_ratio(settings, file), estimates_ratio(settings)
    print(f"Peak memory: {peak:.2f} GiB (at most {MOST_GIB}).")
    print(f"Counts to the same by hand: {counts:.2f} (at most {MOST_FOR_COUNTS}).")
    print(f"All estimates to one share by svy: {estimates:.2f} (at most {MOST_FOR_ESTIMATES}).")
    print(json.dumps(told | {"peak": peak, "counts": counts, "estimates": estimates}))
    is_over = peak > MOST_GIB or counts > MOST_FOR_COUNTS or estimates > MOST_FOR_ESTIMATES
    sys.exit(is_over)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_and_tell(Settings(Path(sys.argv[1]), seeds=Path(sys.argv[2])))
    else:
        main()
