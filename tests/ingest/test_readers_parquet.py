"""Parquet files, as analysts and other pipelines write them."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dagster_project.ingest.contract import FileFault
from dagster_project.ingest.readers import read_file
from tests.ingest.small import incoming, two_columns

Connection = duckdb.DuckDBPyConnection


def parquet(folder: Path, **columns: pa.Array) -> Path:
    file = folder / "fil.parquet"
    pq.write_table(pa.table(columns), file)
    return file


@pytest.mark.parametrize(
    "answers",
    [
        pa.array([1, 2, None], pa.int8()),
        pa.array([1.0, 2.0, None], pa.float64()),
        pa.array([1.0, 2.0, None], pa.float32()),
        pa.array([1.0, 2.0, float("nan")], pa.float64()),
        pa.array(["1", " 2 ", ""], pa.string()),
        pa.array(["1", "2", None], pa.string()).dictionary_encode(),
    ],
    ids=["whole numbers", "doubles", "floats", "doubles with nan", "text", "categories"],
)
def test_codes_come_out_alike_whatever_type_they_are_kept_in(
    con: Connection, tmp_path: Path, answers: pa.Array
) -> None:
    file = parquet(tmp_path, Id=pa.array(["0101", "0102", "0103"]), Navn=answers)
    assert read_file(con, file, two_columns()).headings == ["Id", "Navn"]
    assert incoming(con) == [(1, "0101", "1"), (2, "0102", "2"), (3, "0103", None)]


def test_decimals_keep_the_digits_that_say_something(con: Connection, tmp_path: Path) -> None:
    file = parquet(tmp_path, Id=pa.array([1.0, 2.0, 10.0]), Navn=pa.array([0.5, 12.25, 100.0]))
    read_file(con, file, two_columns())
    assert incoming(con) == [(1, "1", "0.5"), (2, "2", "12.25"), (3, "10", "100")]


def test_text_keeps_norwegian_letters_and_decimals_as_written(
    con: Connection, tmp_path: Path
) -> None:
    file = parquet(tmp_path, Id=pa.array(["1.0", "2"]), Navn=pa.array(["Åse", "Bø"]))
    read_file(con, file, two_columns())
    assert incoming(con) == [(1, "1.0", "Åse"), (2, "2", "Bø")]


def test_rows_keep_the_order_of_the_file(con: Connection, tmp_path: Path) -> None:
    table = pa.table({"Id": pa.array(range(100)), "Navn": pa.array([str(n) for n in range(100)])})
    file = tmp_path / "fil.parquet"
    pq.write_table(table, file, row_group_size=7)
    read_file(con, file, two_columns())
    assert all(row == int(cell) + 1 for row, cell, _ in incoming(con))


def test_a_heading_that_stands_twice_is_refused(con: Connection, tmp_path: Path) -> None:
    file = parquet(tmp_path, Id=pa.array([1]), Navn=pa.array(["Åse"]), NAVN=pa.array(["Bø"]))
    with pytest.raises(FileFault, match="row 1: the heading Navn stands more than once"):
        read_file(con, file, two_columns())


def test_a_file_without_rows_is_refused(con: Connection, tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="no rows"):
        read_file(
            con,
            parquet(tmp_path, Id=pa.array([], pa.string()), Navn=pa.array([], pa.string())),
            two_columns(),
        )


@pytest.mark.parametrize("percent", [1, 25, 50, 75, 99])
def test_a_file_cut_off_anywhere_is_refused(con: Connection, tmp_path: Path, percent: int) -> None:
    file = parquet(tmp_path, Id=pa.array(range(500)), Navn=pa.array(["Åse"] * 500))
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * percent // 100])
    with pytest.raises(FileFault, match="cannot be read as Parquet: it is cut off"):
        read_file(con, file, two_columns())


def test_windows_1252_inside_the_text_is_refused(con: Connection, tmp_path: Path) -> None:
    file = parquet(tmp_path, Id=pa.array(["1", "2"]), Navn=pa.array(["XXse", "Per"]))
    pq.write_table(
        pa.table({"Id": pa.array(["1", "2"]), "Navn": pa.array(["XXse", "Per"])}),
        file,
        compression="none",
        use_dictionary=False,
    )
    content = file.read_bytes()
    assert content.count(b"XXse") >= 1
    file.write_bytes(content.replace(b"XXse", "Å\xe5se".encode("cp1252")))
    with pytest.raises(FileFault, match="holds text that is not UTF-8"):
        read_file(con, file, two_columns())


def test_text_that_only_calls_itself_parquet_is_refused(con: Connection, tmp_path: Path) -> None:
    file = tmp_path / "fil.parquet"
    file.write_text("Id;Navn\n1;Åse\n", encoding="utf-8")
    with pytest.raises(FileFault, match="is not Parquet"):
        read_file(con, file, two_columns())
