"""CSV, XLSX, SPSS and Parquet files into one form: the table `incoming`, every cell as text.

Belongs here: opening a file, its encoding, its delimiter, its sheet; shared by all domains.
Does not belong here: what a column means, or which rows are good (load.py).

Each reader makes the temporary table `incoming`: source_row (as a person counts it: the row of the
spreadsheet, or the case number), c0, c1, … in the order of the headings, as varchar, without spaces
of any kind around it, and null where nothing is left.
"""

import codecs
import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import duckdb
import pyarrow as pa

from dagster_project.ingest.cells import SPACES
from dagster_project.ingest.contract import Contract, FileFault
from dagster_project.ingest.workbooks import refuse_unseen
from dagster_project.without_values import without_values

DELIMITERS = [";", ",", "\t", "|"]
DELIMITER_NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}
BATCH = 50_000


@dataclass(frozen=True)
class Incoming:
    """What came out of a file beside the table `incoming`.

    headings: in file order. short_rows: source_row and what is wrong with the row's shape.
    labels: per heading, code → label, where the file carries labels of its own.
    """

    headings: list[str]
    short_rows: list[tuple[int, str]] = field(default_factory=list)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


def read_file(con: duckdb.DuckDBPyConnection, path: Path, contract: Contract) -> Incoming:
    """Read `path` into the temporary table `incoming`.

    Raises FileFault when the file cannot be opened, is empty, cut off, in another encoding than it
    claims, or in a format that is not read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise FileFault(f"{path.suffix or 'a file without ending'} is not read; save as {known}")
    try:
        if path.stat().st_size == 0:
            raise FileFault("the file is empty; deliver it again")
        incoming = reader(con, path, contract)
    except OSError as error:
        raise cannot_be_opened(error) from error
    if not con.execute("select count(*) from incoming").fetchall()[0][0]:
        raise FileFault("the file has headings but no rows; deliver it again")
    seen = Counter(heading.casefold() for heading in incoming.headings if heading)
    repeated = [heading for heading in incoming.headings if seen[heading.casefold()] > 1]
    if repeated:
        raise FileFault(f"row 1: the heading {repeated[0]} stands more than once; rename one")
    return incoming


def cannot_be_opened(error: OSError) -> FileFault:
    """The fault of a file that the system does not let us read."""
    return FileFault(
        f"cannot be opened ({error.strerror or type(error).__name__}); give the pipeline's user "
        "the right to read it, or deliver it again"
    )


def text_of(value: Any) -> str | None:
    """A cell as text: whole numbers without decimals, dates as ISO, empty as None."""
    if value is None or value != value:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value).strip() or None


def _make_incoming(
    con: duckdb.DuckDBPyConnection, width: int, rows: Iterable[tuple[int, Sequence[str | None]]]
) -> None:
    """Fill `incoming` from (source_row, cells), batch by batch."""
    names = [f"c{i}" for i in range(width)]
    schema = pa.schema([("source_row", pa.int32()), *((n, pa.string()) for n in names)])
    con.register("empty_batch", schema.empty_table())
    con.execute("create or replace temp table incoming as select * from empty_batch")
    con.unregister("empty_batch")
    for batch in batched_rows(rows):
        numbers, cells = zip(*batch, strict=True)
        columns = [pa.array(column, pa.string()) for column in zip(*cells, strict=True)]
        con.register("batch", pa.table([pa.array(numbers, pa.int32()), *columns], schema=schema))
        con.execute("insert into incoming select * from batch")
        con.unregister("batch")


def batched_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists of up to BATCH items."""
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


# --- CSV -------------------------------------------------------------------------------------


def read_csv(con: duckdb.DuckDBPyConnection, path: Path, contract: Contract) -> Incoming:
    """A delimited text file; a row with too many or too few fields is told in `short_rows`."""
    text = decode(path.read_bytes(), contract.encoding)
    headings: list[str] = []
    short: list[tuple[int, str]] = []
    number = 0  # of the row last read, as a spreadsheet counts: a field may run over lines

    def rows(records: Iterator[list[str]]) -> Iterator[tuple[int, list[str | None]]]:
        nonlocal number
        last, width = number, len(headings)
        fields = width
        for number, record in enumerate(records, start=2):
            if not any(cell.strip() for cell in record):
                continue
            last, fields = number, len(record)
            if fields != width:
                short.append((number, f"has {fields} fields, the headings are {width}"))
            cells = [cell.strip() or None for cell in record[:width]]
            yield number, cells + [None] * (width - len(cells))
        if fields < width:
            raise FileFault(
                f"row {last}, the last, has {fields} of {width} fields: the file is cut off; "
                "deliver it again"
            )

    try:
        delimiter = contract.delimiter or find_delimiter(text, contract)
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        headings += [heading.strip() for heading in next(records, [])]
        number = 1
        missing = [names for names in contract.required_headings if not has_any(headings, names)]
        if len(missing) == len(contract.required_headings):
            raise FileFault(_no_heading_found(headings, delimiter, text, contract))
        _make_incoming(con, len(headings), rows(records))
    except csv.Error as error:
        why = "the file is cut off" if "end of data" in str(error) else str(error)
        raise FileFault(
            f"row {number + 1}: {why} (a quotation mark is opened and never closed, or "
            "stands inside a field); deliver it again"
        ) from error
    return Incoming(headings, short)


def decode(content: bytes, claimed: str | None) -> str:
    """Bytes to text: as claimed by the description or a byte order mark, else UTF-8, else
    Windows-1252, which is what Norwegian Excel writes.

    Raises FileFault when the bytes are not the encoding claimed.
    """
    if content.startswith(codecs.BOM_UTF8):
        content, claimed = content.removeprefix(codecs.BOM_UTF8), "utf-8"
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        claimed = "utf-16"
    for encoding in [claimed] if claimed else ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            fault = FileFault(
                f"{_row_and_byte(content, error.start)} is not {encoding}, which the file "
                f"{'claims' if claimed else 'was taken for'} to be; save the file as UTF-8, or "
                "write its encoding in the codebook"
            )
        else:
            _refuse_hidden_utf8(content, encoding)
            return text
    raise fault


def _refuse_hidden_utf8(content: bytes, encoding: str) -> None:
    """One-byte encodings accept every UTF-8 file, and give other letters: Ã¦ for æ."""
    if content.isascii() or len("æ".encode(encoding, errors="replace")) > 1:
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return
    start = next(i for i, byte in enumerate(content) if byte > 0x7F)
    raise FileFault(
        f"{_row_and_byte(content, start)} begins a letter in UTF-8, which the file is, and not "
        f"{encoding}, which it claims to be; correct its encoding in the codebook"
    )


def _row_and_byte(content: bytes, start: int) -> str:
    before = content[:start].count(b"\n")
    return f"row {before + 1}: byte 0x{content[start]:02X}"


def find_delimiter(text: str, contract: Contract) -> str:
    """The delimiter under which row 1 holds most of the expected headings."""
    return max(DELIMITERS, key=lambda delimiter: _headings_found(text, delimiter, contract))


def _headings_found(text: str, delimiter: str, contract: Contract) -> int:
    record: list[str] = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    headings = [heading.strip() for heading in record]
    return sum(has_any(headings, names) for names in contract.required_headings)


def _no_heading_found(headings: list[str], used: str, text: str, contract: Contract) -> str:
    better = find_delimiter(text, contract)
    message = (
        f"row 1, read with {DELIMITER_NAMES.get(used, used)} between the fields, gives "
        f"{len(headings)} column(s) and none of the expected headings"
    )
    if better != used and _headings_found(text, better, contract):
        return f"{message}; the file uses {DELIMITER_NAMES[better]}: correct `delimiter`"
    first = ", ".join(names[0] for names in contract.required_headings[:3])
    return f"{message} ({first}, …); check that row 1 is the headings"


def has_any(headings: list[str], names: list[str]) -> bool:
    """Whether one of the accepted `names` is among the headings, in any case."""
    present = {heading.casefold() for heading in headings}
    return any(name.casefold() in present for name in names)


# --- XLSX ------------------------------------------------------------------------------------


def read_xlsx(con: duckdb.DuckDBPyConnection, path: Path, contract: Contract) -> Incoming:
    """One sheet of a workbook: the one the contract names, or the only one.

    What a reader of the sheet would not see, or calamine not give, is refused (workbooks.py).
    """
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    try:
        workbook = CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        if contract.sheet and contract.sheet not in names:
            raise FileFault(f"there is no sheet {contract.sheet}; the file has {', '.join(names)}")
        if not contract.sheet and len(names) > 1:
            raise FileFault(f"the file has the sheets {', '.join(names)}: name one in `sheet`")
        sheet = workbook.get_sheet_by_name(contract.sheet or names[0])
        rows = sheet.to_python(skip_empty_area=False)
        refuse_unseen(path, sheet.name, rows, sheet.merged_cell_ranges or [])
    except (
        CalamineError,
        ZipError,
        zipfile.BadZipFile,
        OSError,
        KeyError,
        ExpatError,
        ParseError,
    ) as error:
        raise FileFault(
            "cannot be opened as a workbook: it is cut off, or is not XLSX; deliver it again"
        ) from error
    headings = [text_of(cell) or "" for cell in rows[0]] if rows else []
    cells = ([text_of(cell) for cell in row] for row in rows[1:])
    filled = ((number, row) for number, row in enumerate(cells, start=2) if any(row))
    _make_incoming(con, len(headings), filled)
    return Incoming(headings)


# --- SPSS ------------------------------------------------------------------------------------


def read_sav(con: duckdb.DuckDBPyConnection, path: Path, _: Contract) -> Incoming:
    """An SPSS file: codes as text, user-missing codes too, and the file's own value labels."""
    import pyreadstat

    try:
        _, declared = pyreadstat.read_sav(path, metadataonly=True)
        data, meta = pyreadstat.read_sav(
            path, apply_value_formats=False, user_missing=True, output_format="dict"
        )
    except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError) as error:
        raise FileFault(
            f"cannot be read as SPSS: it is cut off, or is not .sav ({type(error).__name__}); "
            "deliver it again"
        ) from error
    if declared.number_rows is None:
        raise FileFault(
            "does not say how many cases it has, so that a cut could not be seen; open it in SPSS "
            "and save it again"
        )
    read = len(next(iter(data.values()), []))
    if read != declared.number_rows:
        raise FileFault(
            f"holds {read} of the {declared.number_rows} cases that it says it has: the file is "
            "cut off; deliver it again"
        )
    headings = list(meta.column_names)
    columns = [[text_of(cell) for cell in data[heading]] for heading in headings]
    _make_incoming(con, len(headings), enumerate(zip(*columns, strict=True), start=1))
    labels = {
        heading: {str(text_of(code)): label for code, label in values.items()}
        for heading, values in meta.variable_value_labels.items()
    }
    return Incoming(headings, labels=labels)


# --- Parquet ---------------------------------------------------------------------------------


def read_parquet(con: duckdb.DuckDBPyConnection, path: Path, _: Contract) -> Incoming:
    """A Parquet file, scanned by the database without passing through Python."""
    from pyarrow.parquet import read_schema

    try:
        headings = read_schema(path).names  # the database renames one that stands twice
        scan = con.execute("select * from read_parquet(?) limit 0", [str(path)])
        cells = ", ".join(
            f"{_parquet_cell(name, str(sql_type))} as c{index}"
            for index, (name, sql_type, *_) in enumerate(scan.description or [])
        )
        con.execute(
            "create or replace temp table incoming as select "
            f"cast(file_row_number + 1 as integer) as source_row, {cells} "
            "from read_parquet(?, file_row_number = true)",
            [str(path)],
        )
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        first_line = without_values(str(error).splitlines()[0])
        raise FileFault(
            f"cannot be read as Parquet: it is cut off, is not Parquet, or holds text that is not "
            f"UTF-8 ({first_line}); deliver it again"
        ) from error
    return Incoming(headings)


def _parquet_cell(name: str, sql_type: str) -> str:
    """SQL for what `text_of` does; a whole number has no spaces around it."""
    quoted = name.replace('"', '""')
    text = f'cast("{quoted}" as varchar)'
    if sql_type.startswith(("FLOAT", "DOUBLE", "DECIMAL")):
        return f"nullif(regexp_replace({text}, '\\.0+$', ''), 'nan')"
    if "INT" in sql_type:
        return text
    return f"nullif(trim({text}, '\t\n\r{SPACES}'), '')"


READERS: dict[str, Callable[[duckdb.DuckDBPyConnection, Path, Contract], Incoming]] = {
    ".csv": read_csv,
    ".txt": read_csv,
    ".xlsx": read_xlsx,
    ".sav": read_sav,
    ".parquet": read_parquet,
}
