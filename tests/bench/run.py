"""What a full run costs, as a ratio to the time one process needs just to import the libraries.

`make bench` runs it. Each run is measured in a fresh process, between two that only import, and
compared with the mean of these, since a machine's speed changes from minute to minute; the median
over the rounds counts. Where the rest of a run's time goes is told step by step.

Then a rerun with nothing new, with one new wave, and with one new wave after ten, each as a ratio
to the full run of the same house just before.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from dagster_project.settings import PROJECT

LIMIT = 2.5
ROUNDS = 5
IMPORTS = "import dagster, dagster_dbt, dbt.cli.main, great_expectations"
TILLIT = Path(sys.executable).parent / "tillit"
RUN = """
import sys
from pathlib import Path
from dagster_project.cli import gc
from dagster_project.run import run_pipeline
from dagster_project.settings import Settings
gc.set_threshold(1_000_000)
summary = run_pipeline(Settings(Path(sys.argv[1]), seeds=Path(sys.argv[2])))
sys.exit("; ".join(summary.messages) if summary.outcome != "published" else 0)
"""
WAVE, NEW_WAVE = "medarbeiderundersokelsen_2023", "medarbeiderundersokelsen_2025"
EARLIER = range(2003, 2013)


def seconds(command: list[str], data: Path) -> tuple[float, str]:
    """Wall time of a command in a fresh process, and its standard error."""
    started = time.perf_counter()
    done = subprocess.run(
        command,
        env=os.environ | {"TILLIT_DATA": str(data)},
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - started, done.stderr


def reruns(folder: Path) -> dict[str, float]:
    """Each kind of rerun as a ratio to the full run of the same house."""
    found = {}
    for waves in (0, len(EARLIER)):
        data, seeds = folder / f"data-{waves}", folder / f"seeds-{waves}"
        demo = [str(TILLIT), "demo", "--data", str(data)]
        subprocess.run(demo, check=True, stderr=subprocess.DEVNULL)
        shutil.copytree(PROJECT / "seeds", seeds)
        add_waves(data, seeds, EARLIER[:waves])
        survey = data / "inbox" / "survey"
        (new,) = survey.glob(f"{NEW_WAVE}.*")
        new.rename(folder / new.name)
        run = [sys.executable, "-c", RUN, str(data), str(seeds)]
        full, _ = seconds(run, data)
        if not waves:
            found["nothing new"] = seconds(run, data)[0] / full
        (folder / new.name).rename(new)
        after = f" after {waves}" if waves else ""
        found[f"one new wave{after}"] = seconds(run, data)[0] / full
    return found


def add_waves(data: Path, seeds: Path, years: Sequence[int]) -> None:
    """The wave of 2023 again for each year, with a codebook of its own."""
    codebook = (seeds / "codebooks" / f"{WAVE}.yml").read_text(encoding="utf-8")
    (answers,) = (data / "inbox" / "survey").glob(f"{WAVE}.*")
    for year in years:
        name = WAVE.replace("2023", str(year))
        text = codebook.replace('  "2023":\n', f'  "{year}":\n').replace(WAVE, name)
        (seeds / "codebooks" / f"{name}.yml").write_text(text, encoding="utf-8")
        shutil.copy(answers, answers.with_stem(name))


def main() -> None:
    """Print the ratio, the steps, and the same as JSON on the last line."""
    only_imports = [sys.executable, "-c", IMPORTS]
    imports, runs, ratios, steps = [], [], [], {}
    for number in range(1, ROUNDS + 1):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            demo = [str(TILLIT), "demo", "--data", str(data)]
            subprocess.run(demo, check=True, stderr=subprocess.DEVNULL)
            before, _ = seconds(only_imports, data)
            run, told = seconds([str(TILLIT), "run"], data)
            after, _ = seconds(only_imports, data)
        imports.append((before + after) / 2)
        runs.append(run)
        ratios.append(runs[-1] / imports[-1])
        steps = {name: float(took) for name, took in re.findall(r"(\w+) done in (.+) s", told)}
        print(
            f"round {number}: imports {imports[-1]:.1f} s, full run {run:.1f} s, "
            f"ratio {ratios[-1]:.2f}",
            flush=True,
        )
    ratio = statistics.median(ratios)
    print(f"\nA full run takes {ratio:.2f} times what the imports take (at most {LIMIT}).")
    print("Where the last run's time goes:")
    for name, took in steps.items():
        print(f"  {name:18} {took:5.1f} s")
    rest = runs[-1] - sum(steps.values())
    print(f"  {'outside the steps':18} {rest:5.1f} s  (imports, parsing dbt, building the graph)")
    with tempfile.TemporaryDirectory() as folder:
        rerun = reruns(Path(folder))
    print("A rerun, as a ratio to the full run of the same house:")
    for what, took in rerun.items():
        print(f"  {what:18} {took:5.2f}")
    told = {"ratio": round(ratio, 2), "runs": runs, "imports": imports, "steps": steps}
    print(json.dumps(told | {"reruns": rerun}))
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
