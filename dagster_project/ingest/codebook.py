"""The codebook: what the columns and answers of one survey wave mean.

Belongs here: the codebook's model, its validation, and the contract and rows made from it.
Does not belong here: any question, column or scale by name; those stand in `seeds/codebooks/`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from dagster_project.ingest.contract import NAME, Column, Contract, FileForm, Reference
from dagster_project.ingest.described import (
    Bilingual,
    Described,
    DescriptionFault,
    FaultAt,
    Where,
    read_description,
)

Role = Literal["staff", "leader", "union_rep", "safety_rep"]


class Answer(Bilingual):
    """One answer of a scale, and how it counts."""

    code: int
    answer_class: Literal["negative", "neutral", "positive", "missing"] = Field(alias="class")


class RoleColumn(Described):
    """The column with the respondent's role; codes are what a cell says → the role."""

    column: str
    codes: dict[str, Role]


class Asked(Described):
    """One column of the file: whom it was put to, and in which words."""

    column: str
    of: list[Role]
    wording: Bilingual


class Comparison(Described):
    """The earlier wave a question may be compared with, or the break that forbids it."""

    wave: str
    broken_by: Literal["none", "scale", "wording"] = Field(alias="break")
    note: Bilingual | None = None

    def faults(self) -> list[FaultAt]:
        if self.broken_by != "none" and self.note is None:
            return [FaultAt("a break needs a note that says what changed", "break")]
        return []


class Question(Described):
    """One question: its scale, what it feeds, and whom it was put to.

    is_illustrative: the real item is not public, and this one stands in for it.
    """

    id: str
    scale: str
    goal: int
    indicators: list[str]
    label: Bilingual
    asked: list[Asked]
    battery: str | None = None
    is_illustrative: bool = False
    comparable_with: Comparison | None = None

    def faults(self) -> list[FaultAt]:
        roles = (
            (role, ("asked", index, "of"))
            for index, asked in enumerate(self.asked)
            for role in asked.of
        )
        found = repeated("role", roles)
        if not NAME.fullmatch(self.id):
            found.append(FaultAt("use lower-case letters, digits and _ only", "id"))
        if not any(a.of for a in self.asked):
            found.append(FaultAt("nobody was asked; name the column and the roles", "asked"))
        return found


class Codebook(FileForm):
    """One instrument in one wave."""

    instrument: str
    wave: str
    title: Bilingual
    organisation_period: int
    files: list[str]
    cells: Literal["code", "label_nb"]
    respondent_id: str
    unit_code: str
    role: RoleColumn
    scales: dict[str, list[Answer]]
    questions: list[Question]
    not_read: list[str] = []

    def faults(self) -> list[FaultAt]:
        ids = ((q.id, ("questions", n, "id")) for n, q in enumerate(self.questions))
        found = super().faults() + repeated("question", ids) + repeated("column", self._headings())
        for name, scale in self.scales.items():
            found += _scale_faults(name, scale)
        for index, question in enumerate(self.questions):
            if question.scale not in self.scales:
                found.append(
                    FaultAt(f"there is no scale {question.scale}", "questions", index, "scale")
                )
        return found

    def _headings(self) -> Iterator[tuple[str, Where]]:
        """Every column of the file that the codebook speaks of, and where it does."""
        yield self.respondent_id, ("respondent_id",)
        yield self.unit_code, ("unit_code",)
        yield self.role.column, ("role", "column")
        for index, heading in enumerate(self.not_read):
            yield heading, ("not_read", index)
        for index, question in enumerate(self.questions):
            for number, asked in enumerate(question.asked):
                yield asked.column, ("questions", index, "asked", number, "column")

    def reads(self, file: Path) -> bool:
        return any(fnmatch(file.name, pattern) for pattern in self.files)

    def contract(self) -> Contract:
        """The contract of this wave's file; one `q_<question>` column for each question."""
        unit = Reference(table="organisation", column="unit_code", period=self.organisation_period)
        identity = [
            Column(
                name="respondent_id",
                header=[self.respondent_id],
                type="text",
                means=Bilingual(nb="Nummer på besvarelsen, uten navn", en="Number of the response"),
            ),
            Column(
                name="unit_code",
                header=[self.unit_code],
                type="text",
                references=unit,
                means=Bilingual(nb="Enheten den som svarer hører til", en="Unit of the respondent"),
            ),
            Column(
                name="role",
                header=[self.role.column],
                type="code",
                codes=dict(self.role.codes),
                means=Bilingual(nb="Rollen til den som svarer", en="Role of the respondent"),
            ),
        ]
        return Contract(
            table="survey",
            key=["wave", "respondent_id"],
            partition="wave",
            constants={"wave": self.wave},
            columns=identity + [self._column(question) for question in self.questions],
            encoding=self.encoding,
            delimiter=self.delimiter,
            sheet=self.sheet,
            not_read=self.not_read,
            labels={
                asked.column: {str(a.code): a.nb for a in self.scales[question.scale]}
                for question in self.questions
                for asked in question.asked
            },
        )

    def _column(self, question: Question) -> Column:
        by_code = self.cells == "code"
        return Column(
            name=f"q_{question.id}",
            asked={a.column: list(a.of) for a in question.asked},
            type="code",
            kept_as="smallint",
            codes={str(a.code) if by_code else a.nb: a.code for a in self.scales[question.scale]},
            nullable=True,
            on_fault="answer",
        )

    def question_rows(self) -> list[dict[str, Any]]:
        """One row per question and column asked."""
        return [
            {
                "wave": self.wave,
                "instrument": self.instrument,
                "organisation_period": self.organisation_period,
                "question_id": q.id,
                "column_name": asked.column,
                "asked_of": ",".join(asked.of),
                "scale_id": q.scale,
                "battery_id": q.battery,
                "goal_id": q.goal,
                "label_nb": q.label.nb,
                "label_en": q.label.en,
                "wording_nb": asked.wording.nb,
                "wording_en": asked.wording.en,
                "is_illustrative": q.is_illustrative,
                "question_order": order,
                "comparable_wave": q.comparable_with and q.comparable_with.wave,
                "comparability_break": q.comparable_with and q.comparable_with.broken_by,
                "break_note_nb": q.comparable_with
                and q.comparable_with.note
                and q.comparable_with.note.nb,
                "break_note_en": q.comparable_with
                and q.comparable_with.note
                and q.comparable_with.note.en,
            }
            for order, q in enumerate(self.questions, start=1)
            for asked in q.asked
        ]

    def answer_rows(self) -> list[dict[str, Any]]:
        """One row per question and answer code."""
        return [
            {
                "wave": self.wave,
                "question_id": q.id,
                "answer_code": a.code,
                "answer_class": a.answer_class,
                "answer_order": order,
                "label_nb": a.nb,
                "label_en": a.en,
            }
            for q in self.questions
            for order, a in enumerate(self.scales[q.scale], start=1)
        ]

    def indicator_rows(self) -> list[dict[str, Any]]:
        """One row per question and indicator that it feeds."""
        return [
            {"wave": self.wave, "question_id": q.id, "indicator_id": indicator}
            for q in self.questions
            for indicator in q.indicators
        ]


def _scale_faults(name: str, scale: Sequence[Answer]) -> list[FaultAt]:
    """Overlaps, gaps and classes that are lacking, in one scale."""
    places = [("scales", name, index) for index in range(len(scale))]
    found = repeated("code", zip([str(a.code) for a in scale], places, strict=True))
    found += repeated("label", zip([a.nb for a in scale], places, strict=True))
    valid = [a for a in scale if a.answer_class != "missing"]
    codes = [a.code for a in valid]
    for index, (before, after) in enumerate(pairwise(codes), start=1):
        if after > before + 1:
            message = f"the scale goes from {before} to {after}; the codes between are lacking"
            found.append(FaultAt(message, "scales", name, scale.index(valid[index])))
        elif after < before:
            message = f"code {after} stands after {before}; write the scale in order"
            found.append(FaultAt(message, "scales", name, scale.index(valid[index])))
    for needed in ("negative", "positive"):
        if needed not in {a.answer_class for a in scale}:
            found.append(FaultAt(f"no answer counts as {needed}", "scales", name))
    return found


def repeated(what: str, placed: Iterable[tuple[str, Where]]) -> list[FaultAt]:
    """A fault at each place where a name stands that stood before, in any case."""
    seen: set[str] = set()
    found = []
    for name, where in placed:
        if name.casefold() in seen:
            found.append(FaultAt(f"{what} {name} stands more than once; once is enough", *where))
        seen.add(name.casefold())
    return found


def read_codebooks(folder: Path, indicators: set[str]) -> dict[Path, Codebook]:
    """All codebooks in `folder`, by file; `indicators` are those that exist.

    Raises DescriptionFault when one is wrong, names an indicator that does not exist, or when two
    describe the same wave.
    """
    books: dict[Path, Codebook] = {}
    faults: list[str] = []

    def unknown_indicators(book: Codebook) -> list[FaultAt]:
        return [
            FaultAt(
                f"the indicator {indicator} is not in seeds/reference/indicators.csv",
                *("questions", index, "indicators", number),
            )
            for index, question in enumerate(book.questions)
            for number, indicator in enumerate(question.indicators)
            if indicator not in indicators
        ]

    for path in sorted(folder.glob("*.yml")):
        try:
            books[path] = read_description(path, Codebook, unknown_indicators)
        except DescriptionFault as fault:
            faults.append(str(fault))
    for wave, n in Counter(book.wave for book in books.values()).items():
        if n > 1:
            names = ", ".join(p.name for p, b in books.items() if b.wave == wave)
            faults.append(f"{names}: {n} codebooks describe wave {wave}; keep one")
    if not books and not faults:
        faults.append(f"{folder.name}: there is no codebook; write one for each survey wave")
    if faults:
        raise DescriptionFault("\n".join(faults))
    return books
