"""What breaks the contract in a file that has been read: in a row, in one answer, or in all of it.

Belongs here: the temporary table `fault`, from the tables `incoming`, `read` and `typed` that are
filled before, and the words of each fault. Does not belong here: what becomes of a row with a
fault (load.py).
"""

from dataclasses import dataclass

import duckdb

from dagster_project.ingest.cells import DATES, among
from dagster_project.ingest.contract import Column, Contract, FileFault, Limits, Reference
from dagster_project.ingest.readers import Incoming
from dagster_project.warehouse import literal, rows_of

Connection = duckdb.DuckDBPyConnection


def find_faults(
    con: Connection, contract: Contract, place: dict[str, str], incoming: Incoming, file: str
) -> None:
    """Fill the temporary table `fault`: source_row, level, column_name, reason, message."""
    con.execute(
        "create or replace temp table fault (source_row integer, level varchar, "
        "column_name varchar, reason varchar, message varchar)"
    )
    if incoming.short_rows:
        con.executemany(
            "insert into fault values (?, 'row', null, 'wrong_number_of_fields', ?)",
            [[row, f"row {row}: {what}"] for row, what in incoming.short_rows],
        )
    checks = [
        check for column in contract.columns for check in cell_checks(column, place, contract)
    ]
    if checks:
        counts = ", ".join(f"count(*) filter (where {check.where})" for check in checks)
        (found,) = rows_of(con, f"select {counts} from {CHECKED}")
        for n, check in zip(found, checks, strict=True):
            if n:
                add_fault(con, check, f"from {CHECKED} where {check.where}")
    for column in contract.columns:
        if column.references:
            check_reference(con, contract, column, column.references, file)
        if column.limits:
            check_limits(con, column, column.limits)
    check_key(con, contract)


def refuse_by_fault(con: Connection) -> None:
    """Refuse the file for the first fault in a column of which one fault refuses it all.

    A row with fields too few or too many is not asked, since its cells may stand elsewhere.
    """
    found = rows_of(
        con,
        "select message from fault where level = 'file' and source_row not in (select source_row "
        "from fault where reason = 'wrong_number_of_fields') order by source_row limit 1",
    )
    for (message,) in found:
        raise FileFault(message)


CHECKED = "read join typed using (source_row) join incoming using (source_row)"


@dataclass(frozen=True)
class CellCheck:
    """One way in which a cell can be wrong; `where` and `message` are SQL."""

    heading: str
    level: str
    reason: str
    where: str
    message: str


def cell_checks(column: Column, place: dict[str, str], contract: Contract) -> list[CellCheck]:
    """Every way in which a cell of the column can be wrong, under each heading it may have."""
    text, value = f"read.{column.name}", f"typed.{column.name}"
    said = f"'«' || {text} || '» "
    wrong = {
        "text": ("", ""),
        "integer": ("not_a_whole_number", "is not a whole number'"),
        "decimal": ("not_a_number", "is not a number'"),
        "date": ("not_a_date", _not_a_date(text, "date, such as 05.06.2024 or 2024-06-05")),
        "month": ("not_a_date", _not_a_date(text, "month, such as 2024-06 or 01.06.2024")),
        "code": ("unknown_code", "is not one of the codes ' || " + literal(_some(column.codes))),
    }[column.type]
    found = [(wrong[0], f"{text} is not null and {value} is null", said + wrong[1])]
    if column.type == "text":
        found = []
    if not column.nullable:
        found.append(("missing_value", f"{text} is null", "'the value is missing'"))
    if column.minimum is not None:
        low = f"{value} < {column.minimum}"
        found.append(("out_of_range", low, said + f"is below {column.minimum:g}'"))
    if column.maximum is not None:
        high = f"{value} > {column.maximum}"
        found.append(("out_of_range", high, said + f"is above {column.maximum:g}'"))
    if column.not_before:
        before = f"{value} < typed.{column.not_before}"
        (start,) = [c for c in contract.columns if c.name == column.not_before]
        where = literal(f" in the column {start.headings[0]}")
        than = f"is before ' || read.{column.not_before} || {where}"
        found.append(("wrong_order", before, said + than))
    if not column.asked:
        return [CellCheck(column.headings[0], column.on_fault, *check) for check in found]
    checks = []
    for heading, roles in column.asked.items():
        asked, answer = among("typed.role", roles), f"incoming.{place[heading.casefold()]}"
        checks += [
            CellCheck(heading, column.on_fault, reason, f"{asked} and {where}", message)
            for reason, where, message in found
        ]
        outside = f"not {asked} and {answer} is not null"
        message = f"'«' || {answer} || '» is answered, but is not put to ' || typed.role"
        checks.append(CellCheck(heading, column.on_fault, "not_asked", outside, message))
    return checks


def _not_a_date(text: str, wanted: str) -> str:
    """The end of a message; a spreadsheet keeps days as numbers, and may hand them over so."""
    return (
        f"' || case when regexp_full_match({text}, '\\d+([.,]\\d+)?') then 'is a number and not a "
        f"{wanted}; give the cells a date format in the spreadsheet' "
        f"else 'is not a {wanted}' end"
    )


def _some(codes: dict[str, object]) -> str:
    shown = list(codes)[:8]
    return ", ".join(shown) + (" …" if len(codes) > len(shown) else "")


def add_fault(con: Connection, check: CellCheck, rows: str) -> None:
    """One fault for each of `rows` (SQL from `from` on), with row and column in its message."""
    heading = literal(check.heading)
    con.execute(
        f"insert into fault select source_row, {literal(check.level)}, {heading}, "
        f"{literal(check.reason)}, 'row ' || source_row || ', column ' || {heading} || ': ' || "
        f"{check.message} {rows}"
    )


def check_reference(
    con: Connection, contract: Contract, column: Column, reference: Reference, file: str
) -> None:
    """Each value must be known in the period; not checked while nothing is delivered to check by.

    Raises FileFault when the other table holds nothing at all for the period.
    """
    itself = reference.table == contract.table
    target = "typed" if itself else f"raw.{reference.table}"
    if reference.seed:
        target = f"seed_{reference.seed}"
    beside = f"source_file = {literal(file)}" if reference.same_file else "true"
    if not itself and not rows_of(con, f"select 1 from {target} where {beside} limit 1"):
        return
    of_row = ""
    if isinstance(reference.period, dict):
        of_row = _by_partition(contract, reference.period)
        refuse_unknown_period(con, reference, of_row, target)
    elif reference.period:
        of_row = f"typed.{reference.period}"
    elif reference.in_force:
        of_row = _in_force(contract, reference.in_force, target)
    in_period = f"and known.period = {of_row}" if of_row else ""
    value = "trim(one.value)"
    values = f"unnest([typed.{column.name}])"
    if reference.separator:
        values = f"unnest(string_split(typed.{column.name}, {literal(reference.separator)}))"
    such = "".join(f" and known.{c} = {literal(said)}" for c, said in reference.where.items())
    such += f" and known.{beside}" if reference.same_file else ""
    such += "".join(f" and known.{c} = typed.{c}" for c in reference.same)
    known = (
        f"select 1 from {target} as known "
        f"where known.{reference.column} = {value} {in_period}{such}"
    )
    such_in_words = "".join(f" with {c} {said}" for c, said in reference.where.items())
    of_period = f" of ' || {of_row}" if of_row else "'"
    said = f"'«' || {value} || '» is not known in the {reference.table}{such_in_words}{of_period}"
    said += "".join(f" || ' of {c} ' || typed.{c}" for c in reference.same)
    said += f" || {literal(f'; {reference.advice}')}" if reference.advice else ""
    if reference.seed:
        seed = f"seeds/reference/{reference.seed}.csv"
        said = f"'«' || {value} || '» is not known in {seed}{such_in_words}; correct it, or add it'"
    of_unit = "unknown_unit" if reference.column == "unit_code" else "unknown_reference"
    reason = "unknown_code" if reference.seed else of_unit
    check = CellCheck(column.headings[0], column.on_fault, reason, "", said)
    # a row that does not say its period has a fault already
    is_dated = f"{of_row} is not null and" if of_row else ""
    is_dated += "".join(f" typed.{c} is not null and" for c in reference.same)
    add_fault(
        con,
        check,
        f"from typed, {values} as one (value) "
        f"where {value} <> '' and {is_dated} not exists ({known})",
    )


def refuse_unknown_period(con: Connection, reference: Reference, of_row: str, target: str) -> None:
    """Refuse a file with rows of a period of which nothing at all was delivered."""
    for (period,) in rows_of(
        con,
        f"select min({of_row}) as period from typed "
        f"where {of_row} not in (select period from {target}) having period is not null",
    ):
        raise FileFault(
            f"the {reference.table} holds no period {period}, which the codebook names; deliver it "
            "to the inbox"
        )


def _by_partition(contract: Contract, periods: dict[str, int]) -> str:
    """SQL for the period that belongs to the row's value of the partition."""
    branches = " ".join(f"when {literal(value)} then {n}" for value, n in periods.items())
    return f"(case typed.{contract.partition} {branches} end)"


def check_limits(con: Connection, column: Column, limits: Limits) -> None:
    """Each value must lie within the limits that belong to what else stands in its row."""
    value = f"typed.{column.name}"
    low, high = (f"try_cast(known.{c} as double)" for c in (limits.minimum, limits.maximum))
    of_row = f"typed.{limits.of}"
    said = (
        f"'«' || {value} || '» is not from ' || known.{limits.minimum} || ' to ' || "
        f"known.{limits.maximum} || ', as {limits.of} ' || {of_row} || ' has it'"
    )
    check = CellCheck(column.headings[0], column.on_fault, "out_of_range", "", said)
    add_fault(
        con,
        check,
        f"from typed join seed_{limits.seed} as known on known.{limits.key} = {of_row} "
        f"where {value} < {low} or {value} > {high}",
    )


def _in_force(contract: Contract, column: str, target: str) -> str:
    """SQL for the newest period not after the row's year or date, or the oldest there is."""
    is_date = any(c.name == column and c.type in DATES for c in contract.columns)
    year = f"year(typed.{column})" if is_date else f"typed.{column}"
    return (
        f"(select coalesce(max(period) filter (where period <= {year}), min(period)) from {target})"
    )


def check_key(con: Connection, contract: Contract) -> None:
    """A row that stands again is set aside; rows that share a key and differ are all set aside."""
    key = ", ".join(contract.key)
    # what is the same in a whole file, such as its wave, has no heading and says nothing
    headings = [c.headings[0] for c in contract.columns if c.name in contract.key and c.headings]
    same = " and ".join(filter(None, [", ".join(headings[:-1]), *headings[-1:]]))
    said = literal(f": the same {same} {'stands' if len(headings) == 1 else 'stand'} in row ")
    con.execute(
        "create or replace temp view sound as select * from typed where source_row not in "
        "(select source_row from fault where level = 'row')"
    )
    con.execute(
        f"""
        insert into fault
        with keyed as (
            select source_row, min(source_row) over same_key as first_row,
                count(*) over same_key as n,
                md5(to_json(struct_pack(* exclude (source_row)))::varchar) as content
            from sound window same_key as (partition by {key})
        ), compared as (
            select *, count(distinct content) over (partition by first_row) as versions
            from keyed where n > 1
        )
        select source_row, 'row', {literal(contract.key[-1])},
            case when versions = 1 then 'repeated_row' else 'conflicting_rows' end,
            'row ' || source_row || {said} || first_row
                || case when versions = 1 then ' with the same content'
                    else ' or another with other content, so that none of them can be trusted' end
        from compared where versions > 1 or source_row > first_row
        """.replace("struct_pack(* exclude (source_row))", _row_struct(contract))
    )


def _row_struct(contract: Contract) -> str:
    return "struct_pack(" + ", ".join(f"{c.name} := {c.name}" for c in contract.columns) + ")"
