"""A table as a file: CSV for Norwegian Excel and after RFC 4180, XLSX, Parquet.

Belongs here: how each format writes the cells of cells.py; the same table gives the same bytes.
Does not belong here: what a cell holds (cells.py), several files together.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from streamlit_app.catalogue import Say
from streamlit_app.export.cells import (
    Cell,
    Instead,
    Sheet,
    data_words,
    heading_with_unit,
    in_unit,
    passport_cells,
    release_words,
    safe,
    sheet,
    word,
)
from streamlit_app.formats import SEPARATOR
from streamlit_app.palette import light
from streamlit_app.tables import Column, Kind, Stamp, Table

MADE = datetime(2000, 1, 1)  # no clock in a file, so that the same table gives the same bytes
NAME_LENGTH, CELL_LENGTH, MARGIN_LENGTH = 31, 32_767, 200  # what Excel takes; of 255 with signs
NARROWEST, WIDEST = 9, 52  # letters
ON_ONE_LINE = 100  # letters of what is beside the table, so that it makes no row of it higher
FRONT_WIDTHS = (30, 60, 24, 40, 60)
LINE_HEIGHT, HIGHEST = 13, 409  # points; what Excel takes
INK, MUTED, HEAD = light("text"), light("muted"), light("neutral")
PARQUET_TYPES = {"text": pa.string(), "count": pa.int64(), "date": pa.date32()}


@dataclass(frozen=True)
class Format:
    """One way to write a table: the file's ending, its media type, and the writing itself."""

    ending: str
    media_type: str
    write: Callable[[Table, Say], bytes]


def csv_norwegian(table: Table, say: Say) -> bytes:
    """Semicolon, decimal comma, UTF-8 with BOM: as Norwegian Excel opens it. Shares are in per
    cent; a missing number reads as the word for why, and the passport stands last in each row."""
    return _csv(table, say, ";", ",", worded=True).encode("utf-8-sig")


def csv_rfc4180(table: Table, say: Say) -> bytes:
    """Comma, decimal point, UTF-8. Shares are in per cent; a missing number is an empty cell, with
    the word for why in the row's note; the passport stands last in each row."""
    return _csv(table, say, ",", ".", worded=False).encode()


def _csv(table: Table, say: Say, divider: str, point: str, *, worded: bool) -> str:
    made = sheet(table, say)
    told_why = {one: word(one, say) if worded else "" for one in Instead}
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=divider)
    headings = [heading_with_unit(column, say) for column in made.columns]
    beside = passport_cells(table)
    writer.writerow([*headings, *([say("csv.passport")] if table.passports else [])])
    for row, kinds, told in zip(made.rows, made.kinds, beside, strict=True):
        cells = zip(row, kinds, strict=True)
        writer.writerow([*(_csv_cell(cell, kind, point, told_why) for cell, kind in cells), *told])
    return target.getvalue()


def _csv_cell(cell: Cell, kind: Kind, point: str, told_why: Mapping[Instead, str]) -> str:
    """A bare number without thousands' marks or a sign for per cent, a day as ISO, or text."""
    if cell is None:
        return ""
    if isinstance(cell, Instead):
        return told_why[cell]
    if isinstance(cell, int | float):
        return plain_number(in_unit(cell, kind)).replace(".", point)
    return cell.isoformat() if isinstance(cell, date) else cell


def plain_number(value: float) -> str:
    """All digits of a number, never with an exponent."""
    text = f"{value:.15f}" if isinstance(value, float) and "e" in repr(value) else repr(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def parquet(table: Table, say: Say) -> bytes:
    """Parquet: shares as proportions, days as days, a missing number empty with its note."""
    made = sheet(table, say)
    columns = [
        pa.array(cells, _parquet_type(column, cells))
        for column, cells in zip(made.columns, _parquet_cells(made), strict=True)
    ]
    named = pa.Table.from_arrays(columns, names=[column.heading for column in made.columns])
    target = io.BytesIO()
    pq.write_table(named, target)
    return target.getvalue()


def _parquet_cells(made: Sheet) -> list[list[Cell]]:
    """The cells column by column; where units differ within one, each in the unit of its row."""
    return [
        [
            in_unit(cell, kind) if column.kind == "by_unit" and isinstance(cell, float) else cell
            for cell, kind in ((None if isinstance(c, Instead) else c, k) for c, k in cells)
        ]
        for column, cells in zip(made.columns, _by_column(made), strict=True)
    ]


def _by_column(made: Sheet) -> list[list[tuple[Cell, Kind]]]:
    """Each column's cells with their kinds."""
    return [
        [(row[place], kinds[place]) for row, kinds in zip(made.rows, made.kinds, strict=True)]
        for place in range(len(made.columns))
    ]


def _parquet_type(column: Column, cells: Sequence[Cell]) -> pa.DataType:
    """Whole numbers where all are whole."""
    is_broken = any(isinstance(cell, float) for cell in cells)
    return pa.float64() if is_broken else PARQUET_TYPES.get(column.kind, pa.float64())


def xlsx(table: Table, say: Say) -> bytes:
    """A workbook of one table and its front sheet."""
    return workbook([(table.name, table)], table.title, say)


def workbook(named: Sequence[tuple[str, Table]], title: str, say: Say) -> bytes:
    """A workbook: a front sheet that says what is in it, then one sheet for each table.

    named: each table with the name that its sheet is to have.

    Numbers are numbers and percentages percentages; the header stays; a missing number is the word
    for why. There is no formula, link, macro or author in it.
    """
    target, tables = io.BytesIO(), [table for _, table in named]
    with xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    ) as book:
        book.set_properties({"title": safe(title), "author": "", "created": MADE})
        names = sheet_names([say("export.about"), *(name for name, _ in named)])
        _front(book, names, tables, title, say)
        for name, table in zip(names[1:], tables, strict=True):
            _sheet(book, name, table, say)
    return target.getvalue()


def sheet_names(asked: Sequence[str]) -> list[str]:
    """Names that Excel takes: short, without its own signs, each of its own."""
    names: list[str] = []
    taken: set[str] = set()
    for name in asked:
        short = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip("' ")[:NAME_LENGTH] or "-"
        number = 2
        unique = short
        while unique.casefold() in taken:
            ending = f" {number}"
            unique, number = short[: NAME_LENGTH - len(ending)] + ending, number + 1
        taken.add(unique.casefold())
        names.append(unique)
    return names


def _look(book: Any, **more: Any) -> Any:
    """A cell's look: what all share, and what is its own."""
    shared = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "top"}
    return book.add_format(shared | more)


def _front(book: Any, names: Sequence[str], tables: Sequence[Table], title: str, say: Say) -> None:
    """Title, release, mark; each sheet with its filters and notes; what the words mean."""
    front = book.add_worksheet(names[0])
    plain = _look(book, text_wrap=True)
    strong = _look(book, text_wrap=True, bold=True)
    head = _look(book, text_wrap=True, bold=True, bg_color=HEAD)
    front.hide_gridlines(2)
    for place, wide in enumerate(FRONT_WIDTHS):
        front.set_column(place, place, wide)
    front.write_string(0, 0, safe(title), _look(book, bold=True, font_size=14))
    stamps = [table.stamp for table in tables]
    lines: list[tuple[Any, Sequence[str]]] = [
        (plain, [say("csv.release"), release_id])
        for release_id in dict.fromkeys(stamp.release_id for stamp in stamps if stamp.release_id)
    ]
    invented = [stamp for stamp in stamps if stamp.is_demonstration]
    lines += [(strong, [say("csv.data"), data_words(stamp, say)]) for stamp in invented[:1]]
    lines.append((plain, []))
    heads = ("export.sheet", "export.title", "csv.data", "export.filters", "export.notes")
    lines.append((head, [say(key) for key in heads]))
    for name, table in zip(names[1:], tables, strict=True):
        filters = "; ".join(f"{what}: {value}" for what, value in table.stamp.filters.items())
        told = (table.title, data_words(table.stamp, say), filters, "\n".join(table.notes))
        lines.append((plain, [name, *told]))
    lines.append((plain, []))
    lines.append((head, [say("export.word"), say("column.definition")]))
    words = {
        word: text
        for table in tables
        for word, text in [*table.definitions.items(), *table.passports.items()]
    }
    words[say("figure.withheld")] = say("csv.withheld")
    lines += [(plain, [word, text]) for word, text in words.items()]
    for row, (look, cells) in enumerate(lines, start=2):
        front.set_row(row, _height(cells, FRONT_WIDTHS))
        for column, text in enumerate(cells):
            front.write_string(row, column, safe(text)[:CELL_LENGTH], look)
    _on_paper(front, tables[0].stamp if tables else None, say)


def _sheet(book: Any, name: str, table: Table, say: Say) -> None:
    """One table: header in the first row, which stays, and a filter on it."""
    made = sheet(table, say)
    page = book.add_worksheet(name)
    head = _look(book, bold=True, bg_color=HEAD, text_wrap=True)
    hidden = _look(book, italic=True, font_color=MUTED, align="right")
    looks = {kind: _look(book, **look) for kind, look in number_looks(say).items()}
    headings = [
        heading_with_unit(c, say) if c.kind == "points" else c.heading for c in made.columns
    ]
    columns = list(zip(headings, _by_column(made), strict=True))
    own = len(table.columns)
    widths = [
        _width(heading, [cell for cell, _ in cells], WIDEST if place < own else ON_ONE_LINE)
        for place, (heading, cells) in enumerate(columns)
    ]
    for row, texts in enumerate([headings, *made.rows]):
        page.set_row(row, _height(texts, widths))
    for place, (heading, cells) in enumerate(columns):
        page.set_column(place, place, widths[place])
        page.write_string(0, place, heading, head)
        for row, (cell, kind) in enumerate(cells, start=1):
            if isinstance(cell, Instead):
                page.write_string(row, place, word(cell, say), hidden)
            elif isinstance(cell, str):
                page.write_string(row, place, cell[:CELL_LENGTH], looks["text"])
            elif isinstance(cell, date):
                page.write_datetime(row, place, cell, looks["date"])
            elif cell is not None:
                number = in_unit(cell, kind) if kind == "points" else cell
                page.write_number(row, place, number, looks[kind])
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(made.rows), len(made.columns) - 1)
    # what is the same on every row stands in the margins of the page, and leaves room for the rest
    page.print_area(0, 0, len(made.rows), own - 1)
    _on_paper(page, table.stamp, say, table.title)


def number_looks(say: Say) -> dict[str, dict[str, Any]]:
    """How the cells of each kind look, as precise as on screen."""
    percent = '0.0"\u00a0"%' if say.forms.is_norwegian else "0.0%"
    return {
        "text": {"text_wrap": True, "indent": 1},
        "percent": {"num_format": percent},
        "points": {"num_format": "+0.0;\u22120.0;0.0"},
        "count": {"num_format": "#,##0"},
        "score": {"num_format": "0.0"},
        "date": {"num_format": "dd.mm.yyyy" if say.forms.is_norwegian else "d mmm yyyy"},
    }


def _width(heading: str, cells: Sequence[Cell], widest: int) -> int:
    """Wide enough for what is usual, and no wider than can be read."""
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    words = max((len(word) for word in heading.split()), default=0)
    return min(max(NARROWEST, longest + 3, words + 3), widest)


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """High enough for the cell with most lines; not every program finds out by itself."""
    lines = [
        sum(max(math.ceil(len(line) / (wide - 1)), 1) for line in cell.split("\n"))
        for cell, wide in zip(cells, widths, strict=False)
        if isinstance(cell, str)
    ]
    return min(LINE_HEIGHT * max([*lines, 1]) + 2, HIGHEST)


def _on_paper(page: Any, stamp: Stamp | None, say: Say, title: str = "") -> None:
    """On a broad page, with its title at the head, and release, mark and filters at the foot."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    if title:
        page.set_header(f"&L{_in_margin(title)}")
    if stamp is not None:
        release = [f"{heading}: {one}" for heading, one in release_words(stamp, say).items()]
        told = [*release, data_words(stamp, say)]
        told += [f"{what}: {value}" for what, value in stamp.filters.items()]
        page.set_footer(f"&L{_in_margin(SEPARATOR.join(told))}{SEPARATOR}&P / &N")


def _in_margin(text: str) -> str:
    """The text as the head or foot of a page takes it, cut where that is longer than it may be."""
    return safe(text)[:MARGIN_LENGTH].replace("&", "&&")


# In the order in which they are offered.
FORMATS: Mapping[str, Format] = {
    "xlsx": Format(
        ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx
    ),
    "csv_norwegian": Format(".csv", "text/csv", csv_norwegian),
    "csv": Format(".csv", "text/csv", csv_rfc4180),
    "parquet": Format(".parquet", "application/vnd.apache.parquet", parquet),
}


def file_name(parts: Sequence[str], stamp: Stamp, say: Say, ending: str) -> str:
    """A file name that says what is in the file, from which release, and the mark.

    ending: with its dot, as Format.ending.
    """
    ends = [stamp.release_id, say("csv.file_mark") if stamp.is_demonstration else ""]
    return "_".join(["tillitsmonitor", *parts, *(end for end in ends if end)]) + ending
