"""Makes one package: `python -m streamlit_app.package`, which `tillit export` starts.

A process of its own, so that the pipeline imports nothing of the dashboard.
Belongs here: reading the request. Does not belong here: what is in a package (archive.py).
"""

import argparse
import json
import logging
import sys
from pathlib import Path

logging.disable(logging.WARNING)  # Streamlit's word on running without a browser

from dagster_project.release.reader import BrokenRelease, open_release  # noqa: E402
from streamlit_app.catalogue import Say  # noqa: E402
from streamlit_app.evidence import View  # noqa: E402
from streamlit_app.package.archive import archive, package_name  # noqa: E402
from streamlit_app.package.contents import Choices, UnknownChoice, contents  # noqa: E402


def main() -> None:
    """Write the package into the folder asked for; its name stands on standard output."""
    parser = argparse.ArgumentParser(prog="tillit export")
    parser.add_argument("release", type=Path, help="the release's folder")
    parser.add_argument("choices", type=json.loads, help="goals, tables and language as JSON")
    parser.add_argument("folder", type=Path, help="where the package is to lie")
    asked = parser.parse_args()
    try:
        choices = Choices.asked_for(**asked.choices)
        made = contents(View(Say(choices.lang), open_release(asked.release)), choices)
    except UnknownChoice as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(2)
    except BrokenRelease as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(1)
    path = asked.folder / package_name(made)
    path.write_bytes(archive(made))
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
