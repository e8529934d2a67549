"""What sqlfluff puts in place of dbt's adapter: a survey table with two questions.

Does not belong here: anything that dbt itself reads.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    name: str


def get_columns_in_relation(relation: object) -> list[Column]:
    return [Column("respondent_id"), Column("q_one"), Column("q_two")]


def get_relation(database: str, schema: str, identifier: str) -> str:
    return f"{schema}.{identifier}"
