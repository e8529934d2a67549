"""Reading a release: what a query gives, as the pages work with it."""

import duckdb
import pandas as pd
import pytest

from streamlit_app.evidence import as_frame

CELLS = {"integer": "1", "double": "1.5", "boolean": "true", "varchar": "'a'",
         "date": "'2031-01-01'", "hugeint": "1"}  # fmt: skip


@pytest.mark.parametrize("type_", CELLS)
@pytest.mark.parametrize("known", [(True,), (True, False), (False, True), (False,)], ids=str)
def test_a_column_is_as_pandas_has_it_with_text_as_plain_objects(type_, known):
    rows = ", ".join(f"({CELLS[type_] if is_known else 'null'}::{type_})" for is_known in known)
    query = f"select * from (values {rows}) as told (cell)"
    with duckdb.connect() as con:
        found = as_frame(con.execute(query).fetchnumpy())["cell"]
        expected = con.execute(query).df()["cell"]
    if isinstance(expected.dtype, pd.StringDtype):
        expected = expected.astype(object)
    pd.testing.assert_series_equal(found.isna(), expected.isna())
    pd.testing.assert_series_equal(found.dropna(), expected.dropna())
