"""The dashboard: the five goals, their figures and where each figure comes from.

Belongs here: showing what the current release and the runs' quality records hold.
Does not belong here: the pipeline and its warehouse; of `dagster_project` only
`release.reader` may be imported.

    app.py         the frame around every page
    screens/       one file per page
    blocks/        what pages are put together from: figures with their passport, charts with table
    charts/        pure functions from a table to an Altair chart
    evidence.py    reading the release; address.py, selection.py what of it is asked for
    kept.py        what is worked out once for each release and choice, for all readers
    catalogue.py   every word of the interface, from texts/; formats.py numbers and dates
    tables.py      tables on screen
    export/        what leaves the dashboard: one chart or table as a file
    package/       what the working group hands in: document, workbook, tables, metadata as one zip
"""
