"""What each domain's files hold: the one place where a domain is described.

Belongs here: the model of a domain's description (`seeds/domains/*.yml`), and which contract reads
which file. Does not belong here: any domain by name; adding one is adding a description.
"""

from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

from dagster_project.ingest.codebook import Codebook
from dagster_project.ingest.contract import Column, Contract, FileFault, FileForm
from dagster_project.ingest.described import (
    Bilingual,
    Described,
    DescriptionFault,
    FaultAt,
    read_description,
)
from dagster_project.settings import Settings

CODEBOOK = "codebook"  # the codebooks are a domain of their own kind, which others may need


class Table(FileForm):
    """One raw table, and the files that fill it.

    codebooks: the columns come from the codebook that reads the file, rather than from `columns`.
    partition: one delivery holds whole values of it, and no two files the same.
    """

    table: str
    row_is: Bilingual
    key: list[str]
    partition: str
    codebooks: bool = False
    files: list[str] = []
    columns: list[Column] = []

    def faults(self) -> list[FaultAt]:
        found = super().faults()
        if self.codebooks:
            return found
        names = {column.name for column in self.columns}
        others = [column.not_before for column in self.columns if column.not_before]
        others += [column.limits.of for column in self.columns if column.limits]
        for place, needed in (
            ("key", self.key),
            ("partition", [self.partition]),
            ("columns", others),
        ):
            found += [
                FaultAt(f"there is no column {name}", place) for name in needed if name not in names
            ]
        if not self.files:
            found.append(FaultAt("is missing; write a file pattern", "files"))
        return found

    def contract_for(self, file: Path, codebooks: Sequence[Codebook]) -> Contract | None:
        """The contract that reads `file`, or None when this table does not take it."""
        if self.codebooks:
            books = [book for book in codebooks if book.reads(file)]
            if len(books) > 1:
                waves = ", ".join(wave for book in books for wave in book.waves)
                raise FileFault(
                    f"the codebooks of waves {waves} all read this file; narrow `files`"
                )
            return books[0].contract() if books else None
        if not any(fnmatch(file.name, pattern) for pattern in self.files):
            return None
        return Contract(
            self.table,
            self.key,
            self.partition,
            self.columns,
            encoding=self.encoding,
            delimiter=self.delimiter,
            sheet=self.sheet,
        )

    def raw_columns(self, codebooks: Sequence[Codebook]) -> dict[str, str]:
        """The raw table's columns and SQL types; with codebooks, the union over the waves."""
        contracts = []
        if self.codebooks:
            contracts = [book.contract() for book in codebooks if book.answered]
        others = {name: "varchar" for contract in contracts for name in contract.not_in_file}
        columns = [c for contract in contracts for c in contract.columns] or self.columns
        return others | {column.name: column.sql_type for column in columns}


class Domain(Described):
    """One kind of evidence.

    place: `inbox` for what is delivered, `seeds` for what is part of the project.
    needs: domains whose gates must have passed before this one is read.
    backfilled_by: the column of its first table whose values Dagster offers for backfill, such as
    the survey's wave or the letters' year.
    """

    domain: str
    title: Bilingual
    place: Literal["inbox", "seeds"]
    needs: list[str] = []
    backfilled_by: str | None = None
    tables: list[Table]

    @property
    def seeds(self) -> list[str]:
        """The reference seeds that its columns are looked up in."""
        columns = [column for table in self.tables for column in table.columns]
        return sorted({seed for column in columns for seed in column.seeds})

    def folder(self, settings: Settings) -> Path:
        return (settings.inbox if self.place == "inbox" else settings.seeds) / self.domain

    def delivered(self, settings: Settings) -> list[Path]:
        """The files delivered, by name; what programs leave behind is none."""
        folder = self.folder(settings)
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        return [f for f in files if f.is_file() and not is_left_behind(f.name)]


def is_left_behind(name: str) -> bool:
    """Whether it is the name of what programs leave in a folder: hidden files, Office's lock files,
    what Windows knows of the folder."""
    return name.startswith((".", "~$")) or name.casefold() in ("thumbs.db", "desktop.ini")


def read_domains(seeds: Path) -> list[Domain]:
    """All domains described in `seeds/domains`, each after those that it needs.

    Raises DescriptionFault when a description is wrong, or needs what is not there.
    """
    waiting = [read_description(p, Domain) for p in sorted((seeds / "domains").glob("*.yml"))]
    ordered: list[Domain] = []
    while waiting:
        placed = {CODEBOOK, *(domain.domain for domain in ordered)}
        ready = [d for d in waiting if placed.issuperset(d.needs)]
        if not ready:
            names = ", ".join(d.domain for d in waiting)
            raise DescriptionFault(
                f"seeds/domains: {names} need a domain that is not described, or each other"
            )
        ordered += ready
        waiting = [d for d in waiting if d not in ready]
    return ordered
