"""The rules of disclosure control, as data.

Belongs here: the model of `seeds/disclosure.yml`. Does not belong here: applying them (suppress.py,
protect.py).
"""

from pathlib import Path

from pydantic import Field

from dagster_project.disclosure.suppress import Limits
from dagster_project.ingest.described import Bilingual, Described, FaultAt, read_description


class LeastWidth(Described):
    """By how much an outsider must be in doubt: of how many answered, and of how many gave one
    answer where it is certain that somebody did."""

    respondents: int = Field(ge=5)
    answers: int = Field(ge=1)


class Weighting(Described):
    """unknown_strata: from how many strata a figure is weighted below the root, and from how many
    that are too small to be shown where there are such."""

    unknown_strata: int = Field(ge=3)


class Rules(Described):
    """minimum_respondents: a figure built on fewer is withheld. minimum_response: so is one of a
    group of which a smaller share answered. same_answer_below: and one of a smaller group that gave
    one answer. decimals: how many a figure of a measure, or a column, is published with. dominance:
    the largest share that one unit may have of what a group of units has registered."""

    minimum_respondents: int = Field(ge=5)
    minimum_response: float = Field(ge=0, lt=1)
    same_answer_below: int = Field(ge=5)
    least_width: LeastWidth
    decimals: dict[str, int]
    weighting: Weighting
    dominance: float = Field(gt=0.5, lt=1)
    reasons: dict[str, Bilingual]

    def faults(self) -> list[FaultAt]:
        """No rule without its reason; and a group under the minimum can be computed by none."""
        named = set(type(self).model_fields) - {"reasons"}
        said = [
            FaultAt(f"{rule} has no reason; write it", "reasons")
            for rule in named - {*self.reasons}
        ]
        said += [
            FaultAt("is the reason of no rule; leave it out", "reasons", rule)
            for rule in {*self.reasons} - named
        ]
        if self.least_width.respondents < self.minimum_respondents:
            said.append(
                FaultAt(
                    "is under minimum_respondents, so smaller groups might be computed; raise it",
                    "least_width",
                    "respondents",
                )
            )
        return said

    @property
    def limits(self) -> Limits:
        """What suppression is done by."""
        return Limits(
            self.minimum_respondents,
            self.least_width.respondents,
            self.least_width.answers,
            self.same_answer_below,
        )


def read_rules(seeds: Path) -> Rules:
    """The rules in `seeds/disclosure.yml`; raises DescriptionFault when they are wrong."""
    return read_description(seeds / "disclosure.yml", Rules)
