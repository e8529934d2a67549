"""Each cell of a package, as other readers read it, is the one in the release's own tables.

What should stand in a table is asked of the release's database in SQL, which shares nothing with
what writes the package. Read with pandas (CSV of both kinds, Parquet), calamine (XLSX) and
python-docx.
"""

import re
from datetime import date, datetime
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.package.test_read_back import document_tables, numbers_read, of_sheet, pages

# Words that the dashboard puts together, which stand in no table; tested where they are made.
WORDED = {
    *("change", "difference", "unit_words", "status_words", "written", "follow_up"),
    *("word", "break_note_nb", "plan_words", "purpose_words", "evaluation_words"),
}
NEWEST = "period = (select max(period) from {mart} where indicator_id = '{of}' and node_id = 'NAV')"
FIGURE = "value, lower, upper, n"
AREAS = """
    select above.name as within, area.name, {figure}
    from mart_scorecard
    inner join dim_indicator using (indicator_id)
    inner join dim_node as area using (period, node_id)
    left join dim_node as above
        on area.parent_node_id = above.node_id and area.period = above.period
    where
        indicator_id = '{of}' and area.level = 'result_area' and {newest}
        and mart_scorecard.role_id = {role}
"""
# By the table's name: what the release holds of it. `goal` and `of`, the indicator, are from the
# name; a column is called as in the package.
EXPECTED = {
    r"figures-.*": """
        select name_nb as name, period, value, lower, upper, n, n_compared, base, unit
        from mart_scorecard inner join dim_indicator using (indicator_id, unit)
        where
            node_id = 'NAV' and mart_scorecard.role_id is not distinct from dim_indicator.role_id
        qualify row_number() over (partition by indicator_id order by period desc) = 1
    """,
    r"goal-(?P<goal>\d)-likert-(?P<of>\w+)": f"""
        with rows as (
            from {{mart}}
            where indicator_id = '{{of}}' and node_id = 'NAV' and role_id = 'all' and {NEWEST}
        )
        select
            answer.item_label_nb, answer.category_label_nb, answer.value, answer.lower,
            answer.upper, answer.n, whole.value as balance, whole.lower as balance_lower,
            whole.upper as balance_upper
        from rows as answer inner join rows as whole using (item_id)
        where answer.category_kind = 'answer' and whole.measure = 'balance'
    """,
    r"goal-(?P<goal>\d)-strength-(?P<of>\w+)": f"""
        with rows as (
            from {{mart}}
            where indicator_id = '{{of}}' and node_id = 'NAV' and role_id = 'all' and {NEWEST}
        )
        select
            place.value as rank, place.lower as rank_lower, place.upper as rank_upper,
            place.item_label_nb, strength.value, strength.lower, strength.upper, strength.n
        from rows as place inner join rows as strength using (item_id)
        where place.measure = 'rank_strength' and strength.measure = 'strength'
    """,
    r"goal-3-waves-(?P<of>\w+)": f"""
        select period, {FIGURE}, n_compared from mart_scorecard
        where indicator_id = '{{of}}' and node_id = 'NAV' and compared_role_id is not null
    """,
    r"goal-(?P<goal>\d)-waves-(?P<of>\w+)": f"""
        select period, {FIGURE} from mart_scorecard
        where indicator_id = '{{of}}' and node_id = 'NAV' and role_id = 'all'
    """,
    r"goal-3-areas-(?P<of>\w+)|goal-4-areas-(?P<rank>\w+_rank)": AREAS.format(
        of="{of}",
        newest=NEWEST,
        role="dim_indicator.role_id",
        figure=f"{FIGURE}, n_compared, mart_scorecard.unit",
    ),
    r"goal-\d-areas-(?P<of>\w+)": AREAS.format(
        of="{of}", newest=NEWEST, role="'all'", figure=FIGURE
    ),
    r"goal-(?P<goal>4)-directives-governing": """
        select item_label_nb as item, period, one.value, one.base, two.value as change
        from mart_goal_4 as one
        left join (from mart_goal_4 where indicator_id = 'governing_directives_change') as two
            using (item_id, item_label_nb, period)
        where one.indicator_id = 'governing_directives' and item_id <> 'all'
    """,
    r"goal-4-letters": """
        select
            item_label_nb as item, n_directives, if(is_complete, n_coded, null) as n_coded,
            if(is_complete, n_governing, null) as n_governing, two.value as change, coders,
            designated_coder
        from mart_letter
        left join (from mart_goal_4 where indicator_id = 'governing_directives_change') as two
            using (item_id, item_label_nb, period)
        where document_kind = 'md_letter' and period = (select max(period) from mart_letter)
    """,
    r"goal-\d-rank-(?P<of>\w+)": f"""
        select period, {FIGURE} from mart_scorecard
        where indicator_id = '{{of}}' and node_id = 'NAV' and role_id = 'all'
    """,
    r"goal-(?P<goal>4)-directives-new": """
        select item_label_nb as item, period, value, base
        from mart_goal_4 where indicator_id = 'new_directives'
    """,
    r"goal-(?P<goal>4)-(?P<of>directives_by_\w+)": """
        select item_label_nb as item, category_label_nb as category, value, base
        from mart_goal_4
        where
            indicator_id = '{of}'
            and (
                item_id = 'municipal'
                or starts_with(item_id, 'from_') and period = (select max(period) from mart_goal_4)
            )
    """,
    r"goal-3-gaps": """
        with shares as (
            from mart_goal_3
            where
                measure = 'share' and category_kind = 'class' and category_class = 'positive'
                and node_id = 'NAV'
        )
        select
            name_nb, gap.value, gap.lower, gap.upper, gap.n, gap.n_compared, one.value as share,
            one.lower as share_lower, one.upper as share_upper, other.value as share_compared,
            other.lower as share_lower_compared, other.upper as share_upper_compared
        from mart_scorecard as gap
        inner join dim_indicator using (indicator_id, compared_role_id)
        inner join shares as one on
            one.indicator_id = gap.indicator_id and one.period = gap.period
            and one.role_id = gap.role_id
        inner join shares as other on
            other.indicator_id = gap.indicator_id and other.period = gap.period
            and other.role_id = gap.compared_role_id
        where
            gap.node_id = 'NAV' and gap.measure = 'gap'
            and gap.period = (select max(period) from mart_goal_3)
    """,
    r"measures-\w+": """
        select
            title_nb, finding_nb, kind_nb, measure_owner, level_nb, status_nb, due_on,
            last_changed_on
        from mart_measure
    """,
    r"findings-\w+": "select finding_nb, source_title, section from mart_published_finding",
    r"published-\w+": """
        select measure_nb, population_nb, period, source_title, section from mart_published_figure
    """,
    r"goal-2-pilots-timeline": """
        select name_nb, status_nb, start_date, end_date, milestone, milestone_date
        from mart_pilot inner join mart_pilot_milestone using (pilot_id)
    """,
    r"goal-2-pilots-mandate": """
        select name_nb, frames_nb, unit_names, comparison_unit_names from mart_pilot
    """,
    r"goal-2-pilots-costs": "select name_nb, cost_so_far, cost_estimate from mart_pilot",
    r"goal-2-pilots-metric-(?P<of>\w+)": """
        select metric_month, group_nb, value, n_units, n_cases
        from mart_pilot_metric where pilot_id = '{of}'
    """,
}
PARTS = ("figures-", "measures-", "findings-", "published-")  # have what stands under one heading
Row = dict[str, Any]


@pytest.fixture(scope="module")
def expected(whole, release) -> dict[str, list[Row]]:
    """The rows of each table of the package but the passports, as the release's database has
    them."""
    found = {}
    with duckdb.connect(str(release.path / "marts.duckdb"), read_only=True) as con:
        for item in whole.items:
            pattern, match = next(
                ((one, m) for one in EXPECTED if (m := re.fullmatch(one, item.table.name))),
                (None, None),
            )
            if pattern is None:
                continue
            named = match.groupdict()
            of = named.get("of") or named.get("rank") or ""
            goal = named.get("goal")
            mart = f"mart_goal_{goal}" if goal else "mart_scorecard"
            asked = con.execute(EXPECTED[pattern].replace("{mart}", mart).replace("{of}", of))
            columns = [column[0] for column in asked.description]
            found[item.file_name] = [
                dict(zip(columns, row, strict=True)) for row in asked.fetchall()
            ]
    return found


def test_every_table_but_the_passports_has_its_rows_in_the_release(whole, expected):
    names = {item.file_name for item in whole.items if item.table.name != "passports"}
    assert expected.keys() == names
    for item in whole.items:
        rows = expected.get(item.file_name, [])
        known = {*rows[0]} | WORDED if rows else set()
        assert not rows or {column.name for column in item.table.columns} <= known, item.file_name


# What each reader finds, in the release's own units: a share is a proportion.


def in_proportion(value: float, kind: str, row: Row) -> float:
    is_share = kind in ("percent", "points") or (
        kind == "by_unit" and row.get("unit") in ("share", "share_difference")
    )
    return value / 100 if is_share else value


def plain(cell: str, kind: str, row: Row, point: str) -> Any:
    if kind == "text":
        return cell.removeprefix("'")
    if cell in ("", "skjermet"):
        return None
    if kind == "date":
        return date.fromisoformat(cell)
    return in_proportion(float(cell.replace(point, ".")), kind, row)


def csv_cell(cell: Any, kind: str, row: Row) -> Any:
    return plain(cell, kind, row, ".")


def norwegian_cell(cell: Any, kind: str, row: Row) -> Any:
    return plain(cell, kind, row, ",")


def parquet_cell(cell: Any, kind: str, row: Row) -> Any:
    if cell is None or cell != cell:
        return "" if kind == "text" else None
    if kind == "text":
        return cell.removeprefix("'")
    return in_proportion(cell, kind, row) if kind == "by_unit" else cell


def workbook_cell(cell: Any, kind: str, row: Row) -> Any:
    if kind == "text":
        return str(cell).removeprefix("'")
    if cell in ("", "skjermet"):
        return None
    if kind == "date":
        return cell.date() if isinstance(cell, datetime) else cell
    is_points = kind == "points" or (kind == "by_unit" and row.get("unit") == "share_difference")
    return cell / 100 if is_points else cell


def csv_rows(folder, item) -> list[list[Any]]:
    path = folder / "csv" / f"{item.file_name}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False).values.tolist()


def norwegian_rows(folder, item) -> list[list[Any]]:
    path = folder / "csv_norwegian" / f"{item.file_name}.csv"
    read = pd.read_csv(path, sep=";", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    return read.values.tolist()


def parquet_rows(folder, item) -> list[list[Any]]:
    path = folder / "parquet" / f"{item.file_name}.parquet"
    return pd.read_parquet(path).astype(object).values.tolist()


def workbook_rows(folder, item) -> list[list[Any]]:
    return of_sheet(pages(folder), item)


def key_of(row: Row, columns) -> tuple[Any, ...]:
    """What a row is of: its texts and days, without the marks behind a name."""
    told = (row[c.name] for c in columns if c.kind in ("text", "date") and c.name in row)
    return tuple(
        re.sub("\N{NO-BREAK SPACE}\\*$| \\([^)]*\\)$", "", one)
        if isinstance(one, str)
        else as_day(one) or ""
        for one in told
    )


def as_day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize(
    ("rows_of", "cell_of"),
    [
        (csv_rows, csv_cell),
        (norwegian_rows, norwegian_cell),
        (workbook_rows, workbook_cell),
        (parquet_rows, parquet_cell),
    ],
    ids=["csv", "csv_norwegian", "xlsx", "parquet"],
)
def test_each_cell_of_a_table_is_the_releases(whole, unpacked, expected, rows_of, cell_of):
    compared = 0
    for item in (item for item in whole.items if item.file_name in expected):
        columns = [c for c in item.table.columns if c.name in expected[item.file_name][0]]
        places = {column.name: place for place, column in enumerate(item.table.columns)}
        there = {key_of(row, columns): row for row in expected[item.file_name]}
        read = rows_of(unpacked, item)
        assert len(there) == len(expected[item.file_name]), f"{item.file_name}: keys repeat"
        assert len(read) == len(there) or item.table.name.startswith(PARTS), item.file_name
        seen = set()
        for cells in read:
            texts = [c for c in columns if c.kind in ("text", "date")]
            said = {c.name: cell_of(cells[places[c.name]], c.kind, {}) for c in texts}
            row = there[key_of(said, columns)]
            seen.add(key_of(said, columns))
            for column in columns:
                found, value = (
                    cell_of(cells[places[column.name]], column.kind, row),
                    row[column.name],
                )
                compared += 1
                if column not in texts:
                    place = (item.file_name, column.name, key_of(said, columns))
                    assert found == pytest.approx(value, abs=1e-9), place
        assert len(seen) == len(read), item.file_name
    assert compared > 1000


def test_each_number_of_a_table_in_the_document_is_the_releases(whole, unpacked, expected):
    """As it is read: per cent with one decimal, the two ends of an interval in one cell."""
    tables, compared = document_tables(unpacked), 0
    for item in (item for item in whole.items if item.file_name in expected):
        columns = [c for c in item.table.columns if c.name in expected[item.file_name][0]]
        texts = [c for c in columns if c.kind == "text"]
        heads, *rows = tables[item.number]
        for cells in rows:
            told = dict(zip(heads, cells, strict=True))
            near = [
                row
                for row in expected[item.file_name]
                if all(
                    c.heading not in told
                    or key_of({c.name: row[c.name] or ""}, [c])
                    == key_of({c.name: told[c.heading].removeprefix("'")}, [c])
                    for c in texts
                )
            ]
            assert any(in_document(row, columns, cells) for row in near), (item.file_name, cells)
            compared += 1
    assert compared > 100


def in_document(row: Row, columns, cells: list[str]) -> bool:
    """Whether every number of the release's row stands among those in a row of the document."""
    read = numbers_read(cells)
    for column in columns:
        value = row[column.name]
        if column.kind in ("text", "date") or value is None or value != value:
            continue
        times = 1 / in_proportion(1, column.kind, row)
        # the two ends of an interval that are one number stand there once
        if not any(abs(float(value) * times - one) <= 0.0501 for one in read):
            return False
    return True


def test_a_changed_cell_is_not_the_releases(whole, unpacked, expected, tmp_path):
    item = next(item for item in whole.items if item.table.name.startswith("goal-1-waves"))
    path = unpacked / "csv" / f"{item.file_name}.csv"
    (tmp_path / "csv").mkdir()
    changed = re.sub(r",(\d\d\.\d+),", ",11.1,", path.read_text(encoding="utf-8"), count=1)
    (tmp_path / "csv" / path.name).write_text(changed, encoding="utf-8")
    only = type("Whole", (), {"items": [item]})
    with pytest.raises(AssertionError, match="waves"):
        test_each_cell_of_a_table_is_the_releases(only, tmp_path, expected, csv_rows, csv_cell)
