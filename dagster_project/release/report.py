"""The quality report of a release: one page that needs no network.

Belongs here: rendering report.html.j2. Does not belong here: gathering what it shows (publish.py).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dagster_project.small_counts import FEWEST

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def quality_report(
    manifest: Mapping[str, Any],
    checks: Sequence[Mapping[str, Any]],
    quarantine: Sequence[Mapping[str, Any]],
) -> str:
    """The page as HTML, in bokmål with English beside it.

    manifest, checks and quarantine are as in the release; nothing else is shown.
    """
    return TEMPLATES.get_template("report.html.j2").render(
        manifest=manifest, checks=checks, quarantine=quarantine, few=FEWEST
    )
