"""Files that leave the house: a chart as a picture, a table in each format, the whole as a package.

Whatever leaves says what it is from: release, filters, source, and the mark on demonstration data.
The same release and the same choices give the same bytes.

    pictures.py    a chart as SVG and PNG
    cells.py       a table's cells as every format writes them; no text becomes a formula
    files.py       a table as CSV, XLSX and Parquet

Belongs here: writing files from charts and tables.
Does not belong here: which charts and tables there are (blocks/), the screen (Streamlit).
"""
