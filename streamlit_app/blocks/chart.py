"""A chart with its text alternative; the table behind it, the files of both, and the passports of
its figures one click away.

Belongs here: the block that every chart is shown in, and through which a package takes them.
Does not belong here: drawing (charts/), the table's form (tables.py, blocks/table.py).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd
import streamlit as st

from streamlit_app.blocks.frame import paragraph, paragraph_html, theme
from streamlit_app.blocks.passport import About, passport_html
from streamlit_app.blocks.table import show_table
from streamlit_app.catalogue import Say
from streamlit_app.charts.on_page import OnPage, Spec, on_page
from streamlit_app.charts.theme import Layered
from streamlit_app.export.cells import foot_lines, release_words
from streamlit_app.export.files import FORMATS, Format, file_name
from streamlit_app.export.pictures import PICTURES, Picture
from streamlit_app.formats import SEPARATOR
from streamlit_app.tables import Column, Stamp, Table


@dataclass(frozen=True)
class Behind:
    """The table behind a chart: its rows and columns, its stamp, and its file name's parts.

    more: adds to the rows what only the table tells, once it is asked for.
    about: the passports of the figures, by name, which go with the table and its files.
    """

    rows: pd.DataFrame
    columns: Sequence[Column]
    stamp: Stamp
    file_parts: Sequence[str]
    more: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    about: About = dict

    def whole(self) -> "Behind":
        """The same with all that the table tells."""
        return self if self.more is None else replace(self, rows=self.more(self.rows), more=None)

    @property
    def has_passports(self) -> bool:
        return self.about is not dict


@dataclass(frozen=True)
class Panel:
    """A chart, the table behind it, and what must be known to read both; made once, shown often.

    key: unique on the page; spec: the chart as Vega-Lite.
    subject: what the title is about, where the page says that above; away from it the title does.
    """

    key: str
    spec: Spec
    behind: Behind
    notes: Sequence[str] = ()
    subject: str = ""
    _on_page: dict[str, OnPage] = field(default_factory=dict)

    @property
    def title(self) -> str:
        title = " ".join(line for line in self.spec["title"]["text"] if line)
        return f"{self.subject}: {title}" if self.subject else title

    def on_page(self, theme: str) -> OnPage:
        """The chart as it stands on the page in a theme."""
        if theme not in self._on_page:
            self._on_page[theme] = on_page(self.spec, theme)
        return self._on_page[theme]


def panel(
    key: str, chart: Layered, behind: Behind, notes: Sequence[str] = (), subject: str = ""
) -> Panel:
    """The panel of a chart; the tests validate charts, here it would take most of the time."""
    return Panel(key, chart.to_dict(validate=False), behind, notes, subject)


@dataclass(frozen=True)
class Exhibit:
    """A table, and the chart over it where there is one, as a page shows them."""

    key: str
    chart: Spec | None
    table: Table


_TAKEN: ContextVar[list[Exhibit] | None] = ContextVar("taken", default=None)


@contextmanager
def taking() -> Iterator[list[Exhibit]]:
    """Within it pages show nothing: what they would show is taken, for a package that holds what
    the pages show and nothing else."""
    taken: list[Exhibit] = []
    token = _TAKEN.set(taken)
    try:
        yield taken
    finally:
        _TAKEN.reset(token)


def is_taking() -> bool:
    """Whether somebody takes what would be shown."""
    return _TAKEN.get() is not None


def is_taken(
    key: str, chart: Spec | None, behind: Behind, title: str, notes: Sequence[str] = ()
) -> bool:
    """Whether somebody takes what would be shown, and then takes it."""
    taken = _TAKEN.get()
    if taken is None:
        return False
    table = Table(key, title, behind.whole().rows, behind.columns, behind.stamp, notes)
    taken.append(Exhibit(key, chart, table))
    return True


def show(shown: Panel | str, say: Say) -> None:
    """The chart, its notes, and when asked for the table behind it, the files of both and the
    passports; or the words that stand in its place."""
    if isinstance(shown, str):
        paragraph(shown, "tm-small")
        return
    key, notes = shown.key, shown.notes
    if is_taken(key, shown.spec, shown.behind, shown.title, notes):
        return
    page = shown.on_page(theme())
    with st.container(gap="xsmall"):
        st.html(page.heading)
        st.vega_lite_chart(page.spec, theme=None, alt=page.alt, key=f"chart-{key}")
        if notes:
            st.html("".join(paragraph_html(note, "tm-small") for note in notes))
        label = "chart.table_and_passport" if shown.behind.has_passports else "chart.table"
        fold = st.expander(say(label), key=f"table-{key}", on_change="rerun")
        if fold.open:  # nothing is made before it is asked for
            behind = shown.behind.whole()
            with fold:
                show_table(behind.rows, behind.columns, say)
                paragraph(stamp_words(behind.stamp, say), "tm-small")
                show_download(key, behind, say, chart=shown.spec, title=shown.title, notes=notes)
                show_passports(behind)


def show_passports(behind: Behind) -> None:
    """The passports of the figures, each under its name."""
    for name, facts in behind.about().items():
        paragraph(name, "tm-name")
        st.html(passport_html(facts))


def show_download(
    key: str,
    behind: Behind,
    say: Say,
    *,
    chart: Spec | None = None,
    title: str = "",
    notes: Sequence[str] = (),
) -> None:
    """The table as XLSX and CSV, and the chart as SVG and PNG, each made when it is asked for."""

    def table_as(made: Format) -> bytes:
        return made.write(_as_table(behind, title, notes), say)

    def chart_as(made: Picture) -> bytes:
        return made.write(chart or {}, foot_lines(_as_table(behind, title, notes), say))

    ours = FORMATS["csv_norwegian" if say.forms.is_norwegian else "csv"]
    with st.container(horizontal=True, gap="small", key=f"files-{key}"):
        for made in (FORMATS["xlsx"], ours):
            _button(key, made, partial(table_as, made), behind, say)
        for picture in PICTURES if chart is not None else ():
            _button(key, picture, partial(chart_as, picture), behind, say)


def _as_table(behind: Behind, title: str, notes: Sequence[str]) -> Table:
    """The table as it is taken along, with the passports of its figures."""
    name = " ".join(behind.file_parts)
    told = {
        of: "\n".join(f"{term}: {text}" for term, text in facts)
        for of, facts in behind.about().items()
    }
    return Table(
        name, title or name, behind.rows, behind.columns, behind.stamp, notes, passports=told
    )


def _button(
    key: str, made: Format | Picture, write: Callable[[], bytes], behind: Behind, say: Say
) -> None:
    """One file, made when its button is pressed."""
    kind = made.ending.removeprefix(".")
    st.download_button(
        say(f"chart.{kind}"),
        data=write,
        file_name=file_name(behind.file_parts, behind.stamp, say, made.ending),
        mime=made.media_type,
        key=f"{kind}-{key}",
        on_click="ignore",
    )


def stamp_words(stamp: Stamp, say: Say) -> str:
    """Release, filters and mark, as a footnote."""
    parts = [f"{heading}: {value}" for heading, value in stamp.filters.items()]
    parts += [f"{heading}: {one}" for heading, one in release_words(stamp, say).items()]
    if stamp.is_demonstration:
        parts.append(say("chart.demonstration"))
    return SEPARATOR.join(parts)
