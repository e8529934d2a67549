"""The codebook: what the columns and answers of a survey mean, in one wave or several.

Belongs here: the codebook's model, its validation, and the contract and rows made from it.
Does not belong here: any question, column or scale by name; those stand in `seeds/codebooks/`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from dagster_project.ingest.contract import NAME, Column, Contract, FileForm, Reference
from dagster_project.ingest.described import (
    Bilingual,
    Described,
    DescriptionFault,
    FaultAt,
    Where,
    in_words,
    read_description,
)

Role = Literal["staff", "leader", "union_rep", "safety_rep"]
RoleOfAll = Literal[Role, "all"]  # all: nobody's role is known; they count among all employees
Smallint = Annotated[int, Field(ge=-32768, le=32767)]  # what a raw table keeps of an answer


class Answer(Bilingual):
    """One answer of a scale, and how it counts.

    cell: what a cell says for it, where that is not what `cells` of the codebook has.
    """

    code: Smallint
    answer_class: Literal["negative", "neutral", "positive", "missing"] = Field(alias="class")
    cell: str | None = None


class Wave(Described):
    """One round of a survey; organisation_period: the year of the organisation it belongs to.

    form: `published` where the answers are gone, and shares of them in a public document are all
    there is.
    """

    title: Bilingual
    organisation_period: int
    form: Literal["answers", "published"] = "answers"


class WaveColumn(Described):
    """The column that tells the waves of a file apart; codes are what a cell says → the wave."""

    column: str
    codes: dict[str, str]


class RoleColumn(Described):
    """The column with the respondent's role; codes are what a cell says → the role."""

    column: str
    codes: dict[str, Role]


class Asked(Described):
    """One column of the file, in which words, and whom it was put to: everybody without `of`."""

    column: str
    of: list[RoleOfAll] | None = None
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
        found = []
        if not NAME.fullmatch(self.id):
            found.append(FaultAt("use lower-case letters, digits and _ only", "id"))
        if not any(a.of is None or a.of for a in self.asked):
            found.append(FaultAt("nobody was asked; name the column and the roles", "asked"))
        return found


class Codebook(FileForm):
    """One instrument, in the waves whose files have the same columns.

    waves: by name, the oldest first. wave: the column that tells them apart, where one file may
    hold several. cells: what a cell says for an answer.
    respondent_id: the rows' numbers stand in for it where there is none. unit_code: left out,
    everybody counts in the root alone, and nothing is weighted. role: a column, or the role that
    everybody has.
    """

    instrument: str
    waves: dict[str, Wave] = Field(min_length=1)
    wave: WaveColumn | None = None
    files: list[str] = []
    cells: Literal["code", "label_nb", "label_en"]
    respondent_id: str | None = None
    unit_code: str | None = None
    role: Annotated[
        Annotated[RoleColumn, Tag("(a column)")] | Annotated[RoleOfAll, Tag("(everybody's)")],
        Discriminator(lambda told: "(everybody's)" if isinstance(told, str) else "(a column)"),
    ]
    scales: dict[str, list[Answer]]
    questions: list[Question]
    not_read: list[str] = []

    def faults(self) -> list[FaultAt]:
        ids = ((q.id, ("questions", n, "id")) for n, q in enumerate(self.questions))
        found = super().faults() + repeated("question", ids) + repeated("column", self._headings())
        found += self._wave_faults()
        if self.answered and not self.files:
            found.append(FaultAt("is missing; write a file pattern", "files"))
        for name, scale in self.scales.items():
            found += _scale_faults(name, scale, self.cell)
        for index, question in enumerate(self.questions):
            if question.scale not in self.scales:
                found.append(
                    FaultAt(f"there is no scale {question.scale}", "questions", index, "scale")
                )
            found += [
                FaultAt(str(fault), "questions", index, *fault.where)
                for fault in self._asked_faults(question)
            ]
        return found

    def _wave_faults(self) -> list[FaultAt]:
        """Waves that no row can belong to, and rows that would belong to no wave."""
        answered = self.answered
        if not self.wave:
            several = "there are several waves; write `wave` with the column that tells them apart"
            return [FaultAt(several, "waves")] if len(answered) > 1 else []
        coded = self.wave.codes
        unknown = "wave {} is not among `waves`; describe it there"
        published = "of wave {} there are published shares alone, so that no row belongs to it"
        found = [
            FaultAt(
                (published if wave in self.waves else unknown).format(wave), "wave", "codes", code
            )
            for code, wave in coded.items()
            if wave not in answered
        ]
        return found + [
            FaultAt(f"no code of the column {self.wave.column} says {wave}", "waves", wave)
            for wave in answered
            if wave not in coded.values()
        ]

    def _asked_faults(self, question: Question) -> list[FaultAt]:
        """Roles that were asked twice, and roles that nobody has."""
        places = [
            (role, ("asked", number, "of" if asked.of else "column"))
            for number, asked in enumerate(question.asked)
            for role in self.asked_of(asked)
        ]
        nobody = "nobody in this survey has the role {}; leave it out, or add it to `role`"
        return repeated("role", places) + [
            FaultAt(nobody.format(role), *where) for role, where in places if role not in self.roles
        ]

    def _headings(self) -> Iterator[tuple[str, Where]]:
        """Every column of the file that the codebook speaks of, and where it does."""
        if self.wave:
            yield self.wave.column, ("wave", "column")
        if self.respondent_id:
            yield self.respondent_id, ("respondent_id",)
        if self.unit_code:
            yield self.unit_code, ("unit_code",)
        if isinstance(self.role, RoleColumn):
            yield self.role.column, ("role", "column")
        for index, heading in enumerate(self.not_read):
            yield heading, ("not_read", index)
        for index, question in enumerate(self.questions):
            for number, asked in enumerate(question.asked):
                yield asked.column, ("questions", index, "asked", number, "column")

    @property
    def answered(self) -> dict[str, Wave]:
        """The waves whose answers there are."""
        return {name: wave for name, wave in self.waves.items() if wave.form == "answers"}

    @property
    def roles(self) -> list[str]:
        """The roles that respondents have."""
        if isinstance(self.role, RoleColumn):
            return list(dict.fromkeys(self.role.codes.values()))
        return [self.role]

    def asked_of(self, asked: Asked) -> list[str]:
        """The roles that a column was put to."""
        return self.roles if asked.of is None else list(asked.of)

    def cell(self, answer: Answer) -> str:
        """What a cell says for an answer."""
        usual = {"code": str(answer.code), "label_nb": answer.nb, "label_en": answer.en}
        return usual[self.cells] if answer.cell is None else answer.cell

    def reads(self, file: Path) -> bool:
        """Whether the file holds answers to its questions."""
        return bool(self.answered) and any(fnmatch(file.name, p) for p in self.files)

    def contract(self) -> Contract:
        """The contract of the file with answers; one `q_<question>` column for each question."""
        constants: dict[str, str | None] = {}
        if not self.wave:
            (constants["wave"],) = self.answered
        if not self.unit_code:
            constants["unit_code"] = None
        if not isinstance(self.role, RoleColumn):
            constants["role"] = self.role
        return Contract(
            table="survey",
            key=["wave", "respondent_id"],
            partition="wave",
            constants=constants,
            numbered=None if self.respondent_id else "respondent_id",
            columns=[*self._identity(), *(self._column(question) for question in self.questions)],
            encoding=self.encoding,
            delimiter=self.delimiter,
            sheet=self.sheet,
            not_read=self.not_read,
            labels={
                asked.column: {
                    a.cell or str(a.code): [a.nb, a.en] for a in self.scales[question.scale]
                }
                for question in self.questions
                for asked in question.asked
            },
        )

    def _identity(self) -> Iterator[Column]:
        """The columns, of those that the file has, that say whose row it is."""
        if self.wave:
            yield Column(
                name="wave",
                header=[self.wave.column],
                type="code",
                codes=dict(self.wave.codes),
                means=Bilingual(nb="Runden besvarelsen hører til", en="Wave of the response"),
            )
        if self.respondent_id:
            yield Column(
                name="respondent_id",
                header=[self.respondent_id],
                type="text",
                means=Bilingual(nb="Nummer på besvarelsen, uten navn", en="Number of the response"),
            )
        if self.unit_code:
            periods = {name: wave.organisation_period for name, wave in self.answered.items()}
            yield Column(
                name="unit_code",
                header=[self.unit_code],
                type="text",
                references=Reference(table="organisation", column="unit_code", period=periods),
                means=Bilingual(nb="Enheten den som svarer hører til", en="Unit of the respondent"),
            )
        if isinstance(self.role, RoleColumn):
            yield Column(
                name="role",
                header=[self.role.column],
                type="code",
                codes=dict(self.role.codes),
                means=Bilingual(nb="Rollen til den som svarer", en="Role of the respondent"),
            )

    def _column(self, question: Question) -> Column:
        return Column(
            name=f"q_{question.id}",
            asked={a.column: self.asked_of(a) for a in question.asked},
            type="code",
            kept_as="smallint",
            codes={self.cell(a): a.code for a in self.scales[question.scale]},
            nullable=True,
            on_fault="answer",
        )

    def comparisons(self, question: Question) -> dict[str, Comparison | None]:
        """What the question may be compared with in each wave: as it says in the first, and in each
        later one with the wave before, where it was the same."""
        names = list(self.waves)
        same = [Comparison.model_validate({"wave": w, "break": "none"}) for w in names[:-1]]
        return dict(zip(names, [question.comparable_with, *same], strict=True))

    def question_rows(self) -> list[dict[str, Any]]:
        """One row per wave, question and column asked."""
        return [
            {
                "wave": wave,
                "wave_form": self.waves[wave].form,
                "instrument": self.instrument,
                "organisation_period": self.waves[wave].organisation_period,
                "question_id": q.id,
                "column_name": asked.column,
                "asked_of": ",".join(self.asked_of(asked)),
                "scale_id": q.scale,
                "battery_id": q.battery,
                "goal_id": q.goal,
                "label_nb": q.label.nb,
                "label_en": q.label.en,
                "wording_nb": asked.wording.nb,
                "wording_en": asked.wording.en,
                "is_illustrative": q.is_illustrative,
                "question_order": order,
                "comparable_wave": comparable and comparable.wave,
                "comparability_break": comparable and comparable.broken_by,
                "break_note_nb": comparable and comparable.note and comparable.note.nb,
                "break_note_en": comparable and comparable.note and comparable.note.en,
            }
            for order, q in enumerate(self.questions, start=1)
            for wave, comparable in self.comparisons(q).items()
            for asked in q.asked
        ]

    def answer_rows(self) -> list[dict[str, Any]]:
        """One row per wave, question and answer code."""
        return [
            {
                "wave": wave,
                "question_id": q.id,
                "answer_code": a.code,
                "answer_class": a.answer_class,
                "answer_order": order,
                "label_nb": a.nb,
                "label_en": a.en,
            }
            for wave in self.waves
            for q in self.questions
            for order, a in enumerate(self.scales[q.scale], start=1)
        ]

    def indicator_rows(self) -> list[dict[str, Any]]:
        """One row per wave, question and indicator that it feeds."""
        return [
            {"wave": wave, "question_id": q.id, "indicator_id": indicator}
            for wave in self.waves
            for q in self.questions
            for indicator in q.indicators
        ]


def _scale_faults(
    name: str, scale: Sequence[Answer], cell: Callable[[Answer], str]
) -> list[FaultAt]:
    """Overlaps, gaps and classes that are lacking, in one scale."""
    places = [("scales", name, index) for index in range(len(scale))]
    found = repeated("code", zip([str(a.code) for a in scale], places, strict=True))
    found += repeated("label", zip([a.nb for a in scale], places, strict=True))
    found = found or repeated("cell", zip(map(cell, scale), places, strict=True))
    valid = valid_answers(scale)
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


def valid_answers(scale: Sequence[Answer]) -> list[Answer]:
    """The steps of a scale, without the answers that are none, such as "not relevant"."""
    return [answer for answer in scale if answer.answer_class != "missing"]


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
    for wave, n in Counter(wave for book in books.values() for wave in book.waves).items():
        if n > 1:
            names = ", ".join(path.name for path, book in books.items() if wave in book.waves)
            faults.append(f"{names}: {n} codebooks describe wave {wave}; keep one")
    if not books and not faults:
        faults.append(f"{folder.name}: there is no codebook; write one for each survey wave")
    if not faults:  # what a wave may be compared with is known when all codebooks are
        described = {wave: book for book in books.values() for wave in book.waves}
        for path, book in books.items():
            faults += in_words(path, comparison_faults(book, described))
    if faults:
        raise DescriptionFault("\n".join(faults))
    return books


def comparison_faults(book: Codebook, described: Mapping[str, Codebook]) -> list[FaultAt]:
    """Comparisons with what is not there, or with another scale as if it were the same.

    described: the codebook of each wave.
    """
    return [
        FaultAt(why, "questions", index, "comparable_with")
        for index, question in enumerate(book.questions)
        if question.comparable_with
        and (why := _not_comparable(book, question, question.comparable_with, described))
    ]


def _not_comparable(
    book: Codebook, question: Question, told: Comparison, described: Mapping[str, Codebook]
) -> str:
    """Why the question cannot be compared as it says; empty where it can."""
    wave, other = told.wave, described.get(told.wave)
    if other is None:
        return f"no codebook describes wave {wave}; write one, or leave comparable_with out"
    if other is book:
        return (
            f"wave {wave} is one of this codebook's own, which are compared with each other anyway"
        )
    earlier = [q for q in other.questions if q.id == question.id]
    if not earlier:
        return (
            f"wave {wave} has no question {question.id}; give the two the same id, or leave "
            "comparable_with out"
        )
    here, there = book.scales[question.scale], other.scales[earlier[0].scale]
    differs = "" if told.broken_by != "none" else difference(here, there)
    advice = "write `break: scale` with a note that says what changed"
    return differs and f"the scale is not that of wave {wave} ({differs}): {advice}"


def difference(here: Sequence[Answer], there: Sequence[Answer]) -> str:
    """How two scales differ in steps, codes or classes; empty where they do not."""
    steps, others = valid_answers(here), valid_answers(there)
    if len(steps) != len(others):
        return f"{len(steps)} steps here, {len(others)} there"
    for a, b in zip(steps, others, strict=True):
        if (a.code, a.answer_class) != (b.code, b.answer_class):
            return f"code {a.code} is {a.answer_class} here, code {b.code} {b.answer_class} there"
    return ""
