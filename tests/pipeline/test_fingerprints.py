"""The fingerprint of a table's content: the same for the same rows, and for nothing else."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.fingerprint import table_hash

Row = tuple[str | None, int | None]
rows = st.lists(st.tuples(st.none() | st.text("a,:-1", max_size=3), st.none() | st.integers(-2, 2)))


con = duckdb.connect()


def fingerprint(content: list[Row], types: tuple[str, str] = ("varchar", "integer")) -> str:
    con.execute(f"create or replace table t (a {types[0]}, b {types[1]})")
    if content:
        marks = ", ".join(["(?, ?)"] * len(content))
        con.execute(f"insert into t values {marks}", [cell for row in content for cell in row])
    return table_hash(con, "t")


@given(rows)
def test_the_order_of_rows_does_not_matter(content: list[Row]) -> None:
    assert fingerprint(content) == fingerprint(content[::-1])


@given(rows, rows)
def test_other_rows_give_another_fingerprint(one: list[Row], other: list[Row]) -> None:
    same = sorted(map(repr, one)) == sorted(map(repr, other))
    assert (fingerprint(one) == fingerprint(other)) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([("", 1)], [(None, 1)]),
        ([("-", 1)], [(None, 1)]),
        ([("a", 1)], [("a", 1), ("a", 1)]),
        ([("a", 1), ("a", 1)], []),
    ],
)
def test_null_empty_and_repeated_rows_are_told_apart(one: list[Row], other: list[Row]) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_another_type_gives_another_fingerprint() -> None:
    assert fingerprint([("1", 1)]) != fingerprint([("1", 1)], ("varchar", "bigint"))
