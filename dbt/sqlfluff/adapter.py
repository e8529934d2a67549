"""What sqlfluff puts in place of dbt's adapter: a survey table with two questions.

Does not belong here: anything that dbt itself reads.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column, of which the macros read the name."""

    name: str


def get_columns_in_relation(_relation: object) -> list[Column]:
    """One column that is a question's and one that is not would do; two show the `union all`."""
    return [Column("respondent_id"), Column("q_one"), Column("q_two")]
