"""What a release must not hold, looked for in its files.

Belongs here: finding it. Does not belong here: any claim (test_nothing_leaks.py).
"""

import re
from collections.abc import Iterable
from pathlib import Path

import duckdb

OF_A_ROW = {"respondent_id", "source_row", "content", "unit_code", "respondent_role"}
ABOUT_NO_PERSON = {"mart_pilot", "mart_measure"}  # registers of pilots and of measures


def files_with(folder: Path, secrets: Iterable[str]) -> set[str]:
    """The files in the folder in whose bytes one of the secrets stands, used pages or not."""
    any_secret = re.compile(b"|".join(re.escape(secret.encode()) for secret in secrets))
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any_secret.search(path.read_bytes())
    }


def tables_of_rows(database: Path) -> set[str]:
    """The tables with a column that only a row about one person has."""
    with duckdb.connect(str(database), read_only=True) as con:
        columns = con.execute("select table_name, column_name from duckdb_columns()").fetchall()
    return {t for t, column in columns if column in OF_A_ROW and t not in ABOUT_NO_PERSON}


def tables_in_another_order(database: Path) -> set[str]:
    """The tables whose rows do not lie in the order of what they hold."""
    with duckdb.connect(str(database), read_only=True) as con:
        tables = [t for (t,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        return {
            table
            for table in tables
            if con.execute(f'from "{table}"').fetchall()
            != con.execute(f'from "{table}" order by all').fetchall()
        }
