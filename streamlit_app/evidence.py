"""Reading what may be shown: the current release, and the runs' quality records.

What has been read is kept (kept.py) as long as the release is what it was, so that a new one is
seen at the next click; no connection outlives a run of the script.
Belongs here: opening, reading no more than a page needs.
Does not belong here: choosing rows (selection.py), the warehouse, which is never opened.
"""

import os
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from dagster_project.release.lineage import Node, steps_of
from dagster_project.release.quality import QUALITY
from dagster_project.release.reader import (
    UNREADABLE,
    BrokenRelease,
    QualityRecords,
    Release,
    current_release,
    open_release,
    quality_records,
    run_events,
    still_written,
)
from dagster_project.release.reader import released as released_in
from streamlit_app.catalogue import Say
from streamlit_app.formats import Row
from streamlit_app.kept import kept, worked_out
from streamlit_app.organisation import ROOT
from streamlit_app.selection import Compared, by_what

# In tables of a few hundred rows, text kept as Python's own is chosen among twice as fast.
pd.options.mode.string_storage = "python"

PROJECT = Path(__file__).resolve().parent.parent
MART_QUALITY = (
    "select coalesce(columns(*), '') as \"\\0\" from read_csv(?, header = true, all_varchar = true)"
)
TOLD = ("status", "value", "lower", "upper", "n", "n_compared", "base")  # of a figure, then and now
Opened = dict[tuple[str, str | None], duckdb.DuckDBPyConnection]
_OPENED: ContextVar[Opened | None] = ContextVar("opened", default=None)


def data_folder() -> Path:
    """Where releases and quality records lie: `TILLIT_DATA`, or `data/` in the project."""
    return Path(os.environ.get("TILLIT_DATA") or PROJECT / "data").resolve()


def current() -> Release:
    """The release that is current just now; raises NoRelease or BrokenRelease."""
    pointer = data_folder() / "releases" / "current"
    return _opened(pointer.resolve()) if pointer.is_symlink() else current_release(data_folder())


def released() -> list[tuple[str, str]]:
    """Id and time of making of every release, the newest first."""
    return released_in(data_folder())


def release_of(release_id: str) -> Release | None:
    """The release of that id; None where there is none. Raises BrokenRelease."""
    known = {known_id for known_id, _ in released()}
    folder = data_folder() / "releases" / release_id
    return _opened(folder) if release_id in known else None


def _opened(folder: Path) -> Release:
    """A release that was found whole, and has not been touched since: its files are not read anew
    for every reader."""
    files = sorted([*folder.rglob("*"), *folder.parent.glob("*.jsonl")])
    return worked_out((folder, *map(_touched, files)), lambda: open_release(folder))


def records() -> QualityRecords:
    """All runs' quality records; one that has been written to since is read anew."""
    folder = data_folder()
    touched = tuple(_touched(record) for record in sorted((folder / "quality").glob("*.jsonl")))
    of = (folder, touched, frozenset(still_written(folder)))
    return worked_out(of, lambda: quality_records(folder, _events))


def _events(record: Path) -> list[dict[str, Any]]:
    """What a run's record holds, read once for all readers."""
    return worked_out(_touched(record), lambda: run_events(record))


def _touched(file: Path) -> tuple[str, int, int]:
    """A file as it is now, told from itself as it was before somebody wrote to it."""
    stat = file.stat()
    return str(file), stat.st_mtime_ns, stat.st_size


def _read(folder: str, query: str, values: tuple[str, ...], beside: str | None) -> pd.DataFrame:
    """What `query` gives from the marts of the release in `folder`; beside: the folder of another
    release, to be asked for as `before`."""
    with reading() as opened:
        if (folder, beside) not in opened:
            opened[folder, beside] = duckdb.connect(f"{folder}/marts.duckdb", read_only=True)
            if beside is not None:
                path = beside.replace("'", "''")
                attach = f"attach '{path}/marts.duckdb' as before (read_only)"
                opened[folder, beside].execute(attach)
        return as_frame(opened[folder, beside].execute(query, values).fetchnumpy())


def as_frame(columns: Mapping[str, np.ndarray | pd.Categorical]) -> pd.DataFrame:
    """The columns of an answer as pandas would have them, but for text: that stays as it is, where
    pandas would look at each cell, and among which rows are chosen a fifth faster."""
    return pd.DataFrame({name: _as_series(cells) for name, cells in columns.items()})


def _as_series(cells: np.ndarray | pd.Categorical) -> pd.Series:
    """A column; what is not known is masked in `cells` where there may be such."""
    if isinstance(cells, pd.Categorical) or not np.ma.is_masked(cells):
        return pd.Series(cells, dtype=cells.dtype)
    known, unknown = np.ma.getdata(cells).copy(), np.ma.getmaskarray(cells)
    if cells.dtype.kind in "iu":
        return pd.Series(pd.arrays.IntegerArray(known, unknown))
    if cells.dtype.kind == "b":
        return pd.Series(pd.arrays.BooleanArray(known, unknown))
    known[unknown] = None  # of a number or a time it is what pandas has for none
    return pd.Series(known, dtype=cells.dtype)


@contextmanager
def reading() -> Iterator[Opened]:
    """Within it a release is opened once for all that is read of it, and shut at the end."""
    already = _OPENED.get()
    if already is not None:
        yield already
        return
    opened: Opened = {}
    token = _OPENED.set(opened)
    try:
        yield opened
    finally:
        _OPENED.reset(token)
        for con in opened.values():
            con.close()


@dataclass(frozen=True)
class View:
    """What a page is given: the language to speak, and the release to speak of.

    Rows come in the order that they have in the release, which is one and the same for all.
    """

    say: Say
    release: Release

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What tells this view from one of another release, or in another language."""
        return (*self._release_key, self.say.lang)

    @property
    def _release_key(self) -> tuple[Hashable, ...]:
        """The release as it is now: made anew, or with an input erased, it is another."""
        release = self.release
        return str(release.path), str(release.manifest["created_at"]), len(release.erased)

    @property
    def is_demonstration(self) -> bool:
        return bool(self.release.manifest["is_demonstration"])

    def table(self, name: str) -> pd.DataFrame:
        """A whole table; for the small ones."""
        return self._ask(f"select * from {name}")

    def indicator(self, indicator_id: str) -> Row:
        """The row of dim_indicator."""
        return _indicators(self)[indicator_id]

    def scorecard(self, node_id: str = ROOT) -> pd.DataFrame:
        """The scorecard of one part of the organisation: every indicator, period and role."""
        return self._ask("select * from mart_scorecard where node_id = ?", node_id)

    def figures(self, indicator_id: str, period: str) -> pd.DataFrame:
        """The scorecard of one indicator and period: every part of the organisation and role."""
        query = "select * from mart_scorecard where indicator_id = ? and period = ?"
        return self._ask(query, indicator_id, period)

    def comparisons(self, indicator_id: str, node_id: str) -> Compared | None:
        """An indicator in one part of the organisation beside other waves, nodes and roles; None
        from before there were tests."""
        if "mart_comparison" not in self.release.manifest["tables"]:
            return None
        return _comparisons(self, node_id).get(indicator_id, {})

    def differences(self, indicator_id: str, period: str, role_id: str) -> pd.DataFrame | None:
        """How each part of the organisation stands to the rest; None from before there were
        tests."""
        if "mart_comparison" not in self.release.manifest["tables"]:
            return None
        query = (
            "select node_id, status, outcome, why_not_tested from mart_comparison where "
            "kind = 'nodes' and indicator_id = ? and period = ? and role_id = ?"
        )
        return self._ask(query, indicator_id, period, role_id)

    def news(self, before: Release) -> pd.DataFrame:
        """The figures of the whole of NAV that are others than in the release `before`.

        One row each, with TOLD as it is now and was before. kind: new, changed, hidden,
        shown_again or gone.
        """
        query = f"""
            select
                goal_id, indicator_id, period, nullif(role_key, '') as role_id,
                unit, compared_role_id, kind, columns('_(now|before)$')
            from ({_news_of(f"node_id = '{ROOT}'")}) where kind is not null
            order by all
        """
        return self._ask(query, beside=str(before.path))

    def news_counts(self, before: Release) -> pd.DataFrame:
        """How many figures of the whole scorecard are others than in the release `before`: per
        goal_id and kind, as in news, the number of figures."""
        query = f"""
            select goal_id, kind, count(*) as figures
            from ({_news_of("true")}) where kind is not null
            group by all order by all
        """
        return self._ask(query, beside=str(before.path))

    def hidden_by_level(self) -> pd.DataFrame:
        """How many groups of respondents, and figures on the scorecard, are withheld at each level
        of the organisation, of how many; from before responses were told, of figures alone."""
        has_response = "mart_response" in self.release.manifest["tables"]
        groups = "mart_response" if has_response else "mart_scorecard where false"
        return self._ask(
            f"""
            with told as (
                select period, node_id, status, 1 as groups, 0 as figures from {groups}
                union all
                select period, node_id, status, 0, 1 from mart_scorecard where role_id is not null
            )
            select
                dim_node.level,
                sum(groups) filter (where told.status = 'withheld') as groups_hidden,
                sum(groups) as groups,
                sum(figures) filter (where told.status = 'withheld') as figures_hidden,
                sum(figures) as figures
            from told join dim_node using (period, node_id)
            group by dim_node.level
            order by min(dim_node.level_order)
            """
        ).fillna(0)

    def responses(self) -> pd.DataFrame | None:
        """How many answered of those there were; None from before it was told."""
        is_told = "mart_response" in self.release.manifest["tables"]
        return self.table("mart_response") if is_told else None

    def quality(self, query: str, *values: str) -> pd.DataFrame:
        """What `query` says of mart_quality, every cell as text; empty from before there was one.

        values: for each ? in the query.
        """
        if QUALITY not in self.release.manifest["files"]:
            return pd.DataFrame()
        file = str(self.release.path / QUALITY)
        return self._ask(f"with mart_quality as ({MART_QUALITY}) {query}", file, *values)

    def dictionary(self) -> pd.DataFrame:
        """The data dictionary; empty for a release from before there was one."""
        return self.release.dictionary()

    @property
    def steps(self) -> list[tuple[Node, Node]]:
        """What is made from what, the latter first; none in a release from before it was told."""
        return _steps(self)

    def goal_rows(self, goal_id: int, period: str, node_id: str) -> pd.DataFrame:
        """The rows of a goal's mart in one wave and one part of the organisation, all roles."""
        query = f"select * from {self._mart(goal_id)} where period = ? and node_id = ?"
        return self._ask(query, period, node_id)

    def indicator_rows(self, goal_id: int, indicator_id: str) -> pd.DataFrame:
        """The rows of one indicator in a goal's mart, in all periods and places."""
        query = f"select * from {self._mart(goal_id)} where indicator_id = ?"
        return self._ask(query, indicator_id)

    def goal_places(self, goal_id: int) -> pd.DataFrame:
        """Which waves, parts of the organisation and roles a goal's mart has answers for that may
        be shown."""
        query = (
            f"select distinct period, node_id, role_id from {self._mart(goal_id)} "
            "where role_id is not null and status <> 'withheld' order by all"
        )
        return self._ask(query)

    def items(self, indicator_id: str, goal_id: int) -> list[str]:
        """The questions that an indicator is made of; none where its goal has no mart."""
        if self._mart(goal_id) not in self.release.manifest["tables"]:
            return []
        columns = "indicator_id, item_id"
        pairs = self._ask(f"select distinct {columns} from {self._mart(goal_id)} order by all")
        return list(pairs.loc[pairs["indicator_id"] == indicator_id, "item_id"])

    def comparison_rows(self, node_id: str) -> pd.DataFrame:
        """The rows of mart_comparison of one part of the organisation, of all indicators."""
        return self._ask("select * from mart_comparison where node_id = ?", node_id)

    @staticmethod
    def _mart(goal_id: int) -> str:
        return f"mart_goal_{goal_id:d}"

    def _ask(self, query: str, *values: str, beside: str | None = None) -> pd.DataFrame:
        """One answer; raises BrokenRelease if it fails."""
        question = (str(self.release.path), query, values, beside)
        try:
            return worked_out((*self._release_key, *question), lambda: _read(*question))
        except duckdb.Error as error:
            name = self.release.path.name
            words = f"Release {name} cannot be read: {error}"
            raise BrokenRelease(words, name, UNREADABLE, "marts.duckdb") from error


def _news_of(where: str) -> str:
    """The query for the figures chosen, as they are now and were before, and what has become of
    each."""
    return f"""
        select
            coalesce(now_.goal_id, before_.goal_id) as goal_id,
            coalesce(now_.unit, before_.unit) as unit,
            coalesce(now_.compared_role_id, before_.compared_role_id) as compared_role_id,
            indicator_id, period, node_id, role_key,
            {", ".join(f"now_.{name} as {name}_now" for name in TOLD)},
            {", ".join(f"before_.{name} as {name}_before" for name in TOLD)},
            case
                when before_.status is null then 'new'
                when now_.status is null then 'gone'
                when now_.status = 'withheld' and before_.status <> 'withheld' then 'hidden'
                when now_.status <> 'withheld' and before_.status = 'withheld' then 'shown_again'
                when now_.value is distinct from before_.value then 'changed'
            end as kind
        from ({_figures_in("mart_scorecard", where)}) as now_
        full join ({_figures_in("before.mart_scorecard", where)}) as before_
        using (indicator_id, period, node_id, role_key)
    """


def _figures_in(scorecard: str, where: str) -> str:
    """The query for the figures chosen in a scorecard, and what is told of each."""
    return f"""
        select
            goal_id, unit, compared_role_id, indicator_id, period, node_id,
            coalesce(role_id, '') as role_key, {", ".join(TOLD)}
        from {scorecard} where status <> 'no_evidence' and {where}
    """


@kept
def _indicators(view: View) -> Mapping[str, Row]:
    """The rows of dim_indicator by their id."""
    rows = view.table("dim_indicator").to_dict("records")
    return {str(row["indicator_id"]): row for row in rows}


@kept
def _comparisons(view: View, node_id: str) -> Mapping[str, Compared]:
    """What each indicator is set beside in one part of the organisation."""
    return by_what(view.comparison_rows(node_id))


@kept
def _steps(view: View) -> list[tuple[Node, Node]]:
    return steps_of(view.release.lineage().to_dict("records"))
