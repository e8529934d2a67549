"""What differs between two releases is told by table, rows and columns, and nothing else is."""

from pathlib import Path

import duckdb
import pytest

from dagster_project.audit.compare import differences

SHARES = "select 1 as goal, 'a' as item, 0.5 as share union all select 1, 'b', 0.25"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two releases with the same table and the same file."""
    for name in ("release", "again"):
        (tmp_path / name / "quality").mkdir(parents=True)
        write(tmp_path / name, SHARES)
        (tmp_path / name / "quality" / "checks.csv").write_text("check,rows,since\na,0,2024\n")
    return tmp_path / "release", tmp_path / "again"


def write(folder: Path, query: str, table: str = "mart") -> None:
    with duckdb.connect(str(folder / "marts.duckdb")) as con:
        con.execute(f"create or replace table {table} as {query}")


def test_the_same_rows_in_another_order_do_not_differ(folders: tuple[Path, Path]) -> None:
    write(folders[1], f"from ({SHARES}) order by share")
    assert differences(*folders) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (
            SHARES.replace("0.25", "0.75"),
            "1 row(s), the first of them goal 1, item b, with other values in share",
        ),
        (
            f"{SHARES} union all select 1, 'c', 1",
            "1 row(s), the first of them goal 1, item c, only in what was made again",
        ),
        (
            "select 1 as goal, 'a' as item, 0.5 as share",
            "1 row(s), the first of them goal 1, item b, only in the release",
        ),
        (f"{SHARES} union all {SHARES}", "2 row(s) are only in what was made again"),
        (f"select *, 1 as n from ({SHARES})", "the column n is only in what was made again"),
        (
            f"select goal::varchar as goal, item, share from ({SHARES})",
            "the column goal is INTEGER in the release, now VARCHAR",
        ),
    ],
)
def test_each_kind_of_difference_is_named(folders: tuple[Path, Path], now: str, said: str) -> None:
    write(folders[1], now)
    assert f"mart: {said}" in [d.rstrip() for d in differences(*folders)]


def test_a_value_that_has_gone_empty_is_a_difference(folders: tuple[Path, Path]) -> None:
    write(folders[1], f"select goal, item, nullif(share, 0.25) as share from ({SHARES})")
    (said,) = differences(*folders)
    assert said.endswith("with other values in share")
    assert "0.25" not in said


def test_a_table_or_file_in_one_alone_is_named(folders: tuple[Path, Path]) -> None:
    write(folders[0], SHARES, "mart_old")
    (folders[1] / "quality" / "new.csv").write_text("a\n")
    assert differences(*folders) == [
        "mart_old: is only in the release",
        "quality/new.csv: is only in what was made again",
    ]


def test_files_are_compared_but_for_when_something_was(folders: tuple[Path, Path]) -> None:
    checks = folders[1] / "quality" / "checks.csv"
    checks.write_text("check,rows,since\na,0,2026\n")
    assert differences(*folders) == []
    checks.write_text("check,rows,since\na,1,2026\n")
    assert differences(*folders) == [
        "quality/checks.csv: 1 row(s), the first of them check a, with other values in rows"
    ]
