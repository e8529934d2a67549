"""What a full run costs, as a ratio to the time one process needs just to import the libraries.

`make bench` runs it. Each run is measured in a fresh process, between two that only import, and
compared with the mean of these, since a machine's speed changes from minute to minute; the median
over the rounds counts. Where the rest of a run's time goes is told step by step.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 2.5
ROUNDS = 5
IMPORTS = "import dagster, dagster_dbt, dbt.cli.main, great_expectations"
TILLIT = Path(sys.executable).parent / "tillit"


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
    print(json.dumps({"ratio": round(ratio, 2), "runs": runs, "imports": imports, "steps": steps}))
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
