"""What one file must keep: its columns, codes, keys and references.

Belongs here: the models of a column and of a contract.
Does not belong here: where a contract comes from (domains.py, codebook.py), or what applies it.
"""

import codecs
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from dagster_project.ingest.described import Bilingual, Described, FaultAt

NAME = re.compile(r"[a-z][a-z0-9_]*")


class FileFault(Exception):
    """A file cannot be taken in at all; the message says what is wrong, where, and what to do."""


class FileForm(Described):
    """What a description claims of its files' form; None lets the reader find out."""

    encoding: str | None = None
    delimiter: Literal[";", ",", "\t", "|"] | None = None
    sheet: str | None = None

    def faults(self) -> list[FaultAt]:
        try:
            codecs.lookup(self.encoding or "utf-8")
        except LookupError:
            return [FaultAt(f"{self.encoding} is not the name of an encoding", "encoding")]
        return []


class Reference(Described):
    """The value must be one of `column` in a raw table, or in a reference seed.

    where: what other columns there must say, such as `{level: result_area}`.
    period: a column of this contract, or the period for each value of the contract's partition.
    in_force: instead, a column with a year or a date; the newest period that is not after it
    counts, or the oldest one where all are. separator: what stands between several values.
    same_file: the row that is referred to stands in another sheet of the same workbook.
    same: other columns, with the same name there, that must say what they say here.
    advice: what to do, where that is more than correcting the value.
    """

    table: str | None = None
    seed: str | None = None
    column: str
    where: dict[str, str] = {}
    period: str | dict[str, int] | None = None
    in_force: str | None = None
    separator: str | None = None
    same_file: bool = False
    same: list[str] = []
    advice: str = ""

    def faults(self) -> list[FaultAt]:
        if (self.table is None) == (self.seed is None):
            return [FaultAt("write either a raw table or a seed to look the value up in", "table")]
        if self.seed and (self.period is not None or self.in_force):
            return [FaultAt("a seed has no periods", "period" if self.period else "in_force")]
        if self.seed and self.same_file:
            return [FaultAt("a seed stands in no workbook", "same_file")]
        return []


class Limits(Described):
    """The lowest and highest value that a row may have, by what stands in another of its columns.

    seed: where the limits stand, in its columns `minimum` and `maximum`; key: the column of the
    seed that holds what the row has in its column `of`.
    """

    seed: str
    key: str
    of: str
    minimum: str
    maximum: str


class Column(Described):
    """One column of a raw table.

    name: in the raw table. header: the headings that a file may give it, in any case.
    means: what it is, for the data dictionary, where its heading does not say it.
    asked: instead of `header` where the heading depends on the respondent's role.
    type: a `month` is a date of which the day does not count, kept as the first.
    codes: what a cell says, to what is kept; for type `code` only.
    missing: what a cell says where there is no answer; such a cell is empty.
    not_before: a column of dates or numbers in the same row that this one may not be below.
    limits: limits that differ from row to row, beside `minimum` and `maximum`.
    nullable: a row may leave it empty. optional: a file may lack the column, or leave all empty.
    on_fault: `row` sets the row aside, `answer` blanks the cell and counts it, `file` refuses all.
    """

    name: str
    type: Literal["text", "integer", "decimal", "date", "month", "code"]
    header: list[str] = []
    means: Bilingual | None = None
    asked: dict[str, list[str]] = {}
    codes: dict[str, Any] = {}
    kept_as: Literal["varchar", "smallint", "boolean"] = "varchar"
    missing: list[str] = []
    nullable: bool = False
    optional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    not_before: str | None = None
    limits: Limits | None = None
    references: Reference | None = None
    on_fault: Literal["row", "answer", "file"] = "row"

    def faults(self) -> list[FaultAt]:
        found = []
        if not NAME.fullmatch(self.name):
            found.append(FaultAt("use lower-case letters, digits and _ only", "name"))
        if not self.header and not self.asked:
            found.append(FaultAt("is missing; write the headings a file may use", "header"))
        if bool(self.codes) != (self.type == "code"):
            found.append(
                FaultAt("codes belong to a column of type code, and it needs them", "type")
            )
        return found

    @property
    def seeds(self) -> list[str]:
        """The reference seeds that the column is looked up in."""
        referred = self.references.seed if self.references else None
        limiting = self.limits.seed if self.limits else None
        return [seed for seed in (referred, limiting) if seed]

    @property
    def headings(self) -> list[str]:
        return self.header or list(self.asked)

    @property
    def sql_type(self) -> str:
        return {
            "text": "varchar",
            "integer": "integer",
            "decimal": "decimal(18,4)",
            "date": "date",
            "month": "date",
            "code": self.kept_as,
        }[self.type]


@dataclass(frozen=True)
class Contract:
    """What one file must keep.

    key: columns that tell rows apart. partition: the column by which a delivery replaces another;
    two files may not hold the same value of it.
    constants: columns that the file does not hold but that are the same for all its rows.
    numbered: a column that the file does not hold, and that the row's number stands in for.
    encoding, delimiter, sheet: what is claimed of the file; None lets the reader find out.
    not_read: headings that are left at the door, free text first among them.
    labels: per heading, what each code may be called in files that carry labels of their own.
    """

    table: str
    key: list[str]
    partition: str
    columns: list[Column]
    constants: dict[str, str | None] = field(default_factory=dict)
    numbered: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    not_read: list[str] = field(default_factory=list)
    labels: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    @property
    def not_in_file(self) -> list[str]:
        """The columns of the raw table that are not read from the file."""
        return [*self.constants, *filter(None, [self.numbered])]

    @property
    def required_headings(self) -> list[list[str]]:
        """For each heading that must be there, the spellings that are accepted."""
        required: list[list[str]] = []
        for column in self.columns:
            if not column.optional:
                required += [[h] for h in column.asked] if column.asked else [column.header]
        return required
