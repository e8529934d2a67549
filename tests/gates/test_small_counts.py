"""No small count is told of quality, nor one that a small one could be computed from."""

import json
from pathlib import Path

import duckdb
import pytest

from dagster_project.gates.suites import run_suite
from dagster_project.small_counts import in_words, told, told_parts

WHOLE = ("file",)


@pytest.mark.parametrize(
    ("count", "of", "said", "words"),
    [
        (0, 3660, 0, "0 of 3660"),
        (1, 3660, None, "fewer than 10 of 3660"),
        (9, 3660, None, "fewer than 10 of 3660"),
        (10, 3660, 10, "10 of 3660"),
        (3655, 3660, None, "all but fewer than 10 of 3660"),
        (3660, 3660, 3660, "3660 of 3660"),
        (3, 7, None, "some of fewer than 10"),
        (0, 7, 0, "0 of fewer than 10"),
    ],
)
def test_a_count_is_told_where_neither_it_nor_the_rest_is_small(count, of, said, words) -> None:
    assert told(count, of) == said
    assert in_words(count, of) == words


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([40, 50], [40, 50]),
        ([3, 40, 50], [None, None, 50]),
        ([3, 4, 40, 50], [None, None, None, 50]),
        ([5, 6, 40, 50], [None, None, 40, 50]),
        ([3], [None]),
        ([1, 2], [None, None]),
    ],
)
def test_of_parts_of_a_known_total_more_than_the_small_one_is_hidden(counts, shown) -> None:
    parts = [{"file": "a.csv", "reason": str(n), "rows": n} for n in reversed(counts)]
    assert [row["rows"] for row in told_parts(parts, WHOLE)] == shown


def test_what_is_set_aside_in_one_file_hides_nothing_in_another() -> None:
    parts = [{"file": file, "rows": rows} for file, rows in (("a", 3), ("b", 40), ("b", 50))]
    assert [row["rows"] for row in told_parts(parts, WHOLE)] == [None, 40, 50]


@pytest.mark.parametrize(
    ("names", "rows", "observed"),
    [([], None, "fewer than 10 of 30 rows"), (["unit_code"], 3, "3 of 30 rows (0, 1, 2)")],
)
def test_how_many_persons_break_a_check_is_told_only_where_they_are_not_few(
    tmp_path: Path, names: list[str], rows: int | None, observed: str
) -> None:
    role = {"column": "role", "value_set": ["staff"]}
    in_set = {"type": "expect_column_values_to_be_in_set", "kwargs": role}
    suite = tmp_path / "people.json"
    suite.write_text(json.dumps({"expectations": [in_set], "meta": {"names_rows_by": names}}))
    with duckdb.connect() as con:
        con.execute(
            "create table people as select i::varchar as unit_code, "
            "case when i < 3 then 'cook' else 'staff' end as role from range(30) as t (i)"
        )
        (check,) = run_suite(con, suite, "people")
    assert (check.status, check.rows, check.observed) == ("failed", rows, observed)
