"""Tables to files, the same bytes each time.

Belongs here: what Excel, SPSS and survey tools do to a table when they save it.
Does not belong here: what the tables hold.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
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


def write_xlsx(path: Path, sheets: Mapping[str, pd.DataFrame]) -> Path:
    """Each sheet with a header row; blank cells are left out, dates are dates."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        book.set_properties({"created": WRITTEN.replace(tzinfo=None)})
        for name, frame in sheets.items():
            page = book.add_worksheet(name)
            for place, heading in enumerate(frame):
                page.write_string(0, place, heading)
                cells = frame[heading].replace("", None).dropna()
                write = _writer(page, cells)
                for row, cell in zip((cells.index + 1).tolist(), cells.tolist(), strict=True):
                    write(row, place, cell)
    return path


def _writer(page: Any, cells: "pd.Series[Any]") -> Callable[[int, int, Any], object]:
    """How a column's cells are written: as dates, as numbers, or as text."""
    if len(cells) and all(isinstance(cell, date) for cell in cells):
        kind = "datetime"
    else:
        kind = "number" if is_numeric_dtype(cells.infer_objects()) else "string"
    write: Callable[[int, int, Any], object] = getattr(page, f"write_{kind}")
    return write
