"""The rules of disclosure control, as data.

Belongs here: the model of `seeds/disclosure.yml`. Does not belong here: applying them (protect.py).
"""

from pathlib import Path

from pydantic import Field

from dagster_project.ingest.described import Described, read_description


class Rules(Described):
    """minimum_respondents: a figure built on fewer respondents is withheld."""

    minimum_respondents: int = Field(ge=5)


def read_rules(seeds: Path) -> Rules:
    """The rules in `seeds/disclosure.yml`; raises DescriptionFault when they are wrong."""
    return read_description(seeds / "disclosure.yml", Rules)
