"""What a sheet's cells do not say by themselves: merged, hidden, never calculated, in error.

Belongs here: refusing such a sheet, with the place and what to do in Excel.
Does not belong here: reading the cells (readers.py), or what a column means (load.py).

A merged cell holds its value in the upper left alone, and a formula that was never calculated reads
as an empty cell: both would be taken for missing. What is hidden or filtered away is read, though
whoever looked through the file did not see it.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from dagster_project.ingest.contract import FileFault

CHUNK = 1 << 20
OVERLAP = 64  # bytes of one chunk that the next is looked at with, so that no hint is cut in two
# A sheet without any of these is not parsed: most have none, and a large one takes its time.
HINTS = [
    *(f"hidden={quote}{yes}".encode() for quote in "\"'" for yes in ("1", "true")),
    *(b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/"),
    *(b't="e"', b"t='e'"),
]
YES = ("1", "true")
TOLD = 3  # places named in a message; the others are counted

Place = tuple[int, int]  # row and column from 0
Merged = Sequence[tuple[Place, Place]]


@dataclass
class Marks:
    """What the sheet's XML says beside the cells' values, by row and column from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    uncalculated: list[Place] = field(default_factory=list)
    errors: list[Place] = field(default_factory=list)


def refuse_unseen(path: Path, sheet: str, cells: Sequence[Sequence[Any]], merged: Merged) -> None:
    """Raise FileFault where the table on the sheet is not what its cells show.

    cells: the sheet from A1 on, its first row the headings. merged: ranges, upper left and lower
    right. Only columns with a heading count, and of what is hidden only what has something in it.
    """
    headings = [str(cell or "").strip() for cell in cells[0]] if cells else []
    read = {column for column, heading in enumerate(headings) if heading}
    marks = marks_of(path, sheet)
    filled = {
        number for number, row in enumerate(cells) if any(cell not in ("", None) for cell in row)
    }
    found = [
        _told(
            sorted(
                f"{_name(column)}{row + 1}:{_name(last_column)}{last_row + 1}"
                for (row, column), (last_row, last_column) in merged
                if row < len(cells) and read & set(range(column, last_column + 1))
            ),
            "{} merged, with a value in the upper left cell alone: split it and fill in each cell",
        ),
        _told(
            [f"row {row + 1}" for row in marks.hidden_rows if row in filled],
            "{} hidden or filtered away: show what is to be read, delete what is not",
        ),
        _told(
            [f"column {_heading(c, headings)}" for c in marks.hidden_columns if c in read],
            "{} hidden: show what is to be read, delete what is not",
        ),
        _told(
            [_cell(place, headings) for place in marks.uncalculated if place[1] in read],
            "{} a formula that was never calculated: open the file in Excel and save it, or paste "
            "as values",
            verbs=("holds", "hold"),
        ),
        _told(
            [_cell(place, headings) for place in marks.errors if place[1] in read],
            "{} an error such as #N/A: correct the formula or empty the cell",
            verbs=("shows", "show"),
        ),
    ]
    told = [fault for fault in found if fault]
    if told:
        raise FileFault(f"sheet {sheet}: {'; '.join(told)}; then deliver it again")


def marks_of(path: Path, sheet: str) -> Marks:
    """What is hidden, never calculated or in error on the sheet, read as a stream."""
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        if not any(_is_hinted(piece) for piece in _pieces(archive, part, OVERLAP)):
            return Marks()
        reader = _SheetReader()
        for piece in _pieces(archive, part, 0):
            reader.parser.Parse(piece, False)
        reader.parser.Parse(b"", True)
    return reader.marks


def _is_hinted(piece: bytes) -> bool:
    return any(hint in piece for hint in HINTS)


def _pieces(archive: zipfile.ZipFile, part: str, overlap: int) -> Iterator[bytes]:
    """The part chunk by chunk, each led by the last bytes of the one before."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield tail + chunk
            tail = chunk[-overlap:] if overlap else b""


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file in the workbook that holds the sheet of this name."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    (relation,) = (
        value
        for element in book.iter()
        if _local(element.tag) == "sheet" and element.get("name") == sheet
        for name, value in element.items()
        if name.endswith("}id")
    )
    (target,) = (r.attrib["Target"] for r in relations if r.get("Id") == relation)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


class _SheetReader:
    """Marks from the events of an XML parser; rows and cells may leave their place unsaid."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._row = self._column = -1
        self._type = ""
        self._is_formula = self._has_value = self._in_value = False

    def _start(self, tag: str, said: dict[str, str]) -> None:
        name = _local(tag)
        if name == "c":
            self._column = _column_of(said["r"]) if "r" in said else self._column + 1
            self._type, self._is_formula, self._has_value = said.get("t", ""), False, False
        elif name == "v":
            self._in_value = True
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._row = int(said["r"]) - 1 if "r" in said else self._row + 1
            self._column = -1
            if said.get("hidden") in YES:
                self.marks.hidden_rows.append(self._row)
        elif name == "col" and said.get("hidden") in YES:
            self.marks.hidden_columns += range(int(said["min"]) - 1, int(said["max"]))

    def _text(self, text: str) -> None:
        self._has_value = self._has_value or (self._in_value and bool(text.strip()))

    def _end(self, tag: str) -> None:
        name = _local(tag)
        if name == "v":
            self._in_value = False
        elif name == "c":
            place = (self._row, self._column)
            # a formula whose value is an empty text says so: t="str"
            if self._is_formula and not self._has_value and self._type != "str":
                self.marks.uncalculated.append(place)
            if self._type == "e":
                self.marks.errors.append(place)


def _local(tag: str) -> str:
    """A tag without its namespace, however that is written."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def _column_of(reference: str) -> int:
    """The column, from 0, of a cell such as AB12."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _name(column: int) -> str:
    """A column from 0 as Excel names it."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _heading(column: int, headings: Sequence[str]) -> str:
    return f"{_name(column)} ({headings[column]})"


def _cell(place: Place, headings: Sequence[str]) -> str:
    return f"row {place[0] + 1}, column {_heading(place[1], headings)}"


def _told(places: Sequence[str], what: str, verbs: tuple[str, str] = ("is", "are")) -> str:
    """The first places and how many more, with what is wrong there; empty without any."""
    if not places:
        return ""
    more = [f"{len(places) - TOLD} more"] if len(places) > TOLD else []
    named = " and ".join(["; ".join(places[:TOLD]), *more])
    return what.format(f"{named} {verbs[len(places) > 1]}")
