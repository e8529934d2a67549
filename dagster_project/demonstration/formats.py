"""Tables to files, the same bytes each time.

Belongs here: what Excel, SPSS and survey tools do to a table when they save it.
Does not belong here: what the tables hold.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import xlsxwriter
from pandas.api.types import is_numeric_dtype

WRITTEN = datetime(2025, 6, 2, 12, 0, tzinfo=UTC)
# Where a .sav file notes its day and time of writing.
SAV_TIME = slice(92, 109)


def write_csv(path: Path, frame: pd.DataFrame, encoding: str) -> Path:
    """Semicolons, decimal comma and Windows line ends, as Norwegian Excel saves."""
    frame.to_csv(path, sep=";", decimal=",", encoding=encoding, index=False, lineterminator="\r\n")
    return path


def write_sav(
    path: Path,
    frame: pd.DataFrame,
    title: str,
    column_labels: dict[str, Any],
    value_labels: dict[str, Any],
    missing: dict[str, Any],
) -> Path:
    """SPSS with a label for each column and one for each of its codes.

    `missing` lists the codes of each column that the file declares as user-missing.
    """
    pyreadstat.write_sav(
        frame,
        path,
        file_label=title,
        column_labels=column_labels,
        variable_value_labels=value_labels,
        missing_ranges=missing,
        row_compress=True,
    )
    written = bytearray(path.read_bytes())
    written[SAV_TIME] = WRITTEN.strftime("%d %b %y%H:%M:%S").encode("ascii")
    path.write_bytes(written)
    return path


def write_xlsx(path: Path, frame: pd.DataFrame, sheet: str) -> Path:
    """One sheet with a header row; blank cells are left out."""
    return write_workbook(path, {sheet: frame})


def write_workbook(path: Path, sheets: Mapping[str, pd.DataFrame]) -> Path:
    """Several sheets, in their order, each as `write_xlsx` writes one."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": WRITTEN.replace(tzinfo=None)})
        for sheet, frame in sheets.items():
            page = book.add_worksheet(sheet)
            for place, name in enumerate(frame):
                page.write_string(0, place, name)
                cells = frame[name].replace("", None).dropna()
                write = page.write_number if is_numeric_dtype(cells) else page.write_string
                for row, cell in zip((cells.index + 1).tolist(), cells.tolist(), strict=True):
                    write(row, place, cell)
    return path
