"""The package for the working group: what it hands in, with everything needed to check it.

    delivery.yml   the mandate's headings for delivery 2, and what of the evidence stands under each
    contents.py    the numbered tables and charts, taken from the dashboard's own pages
    document.py    the Word document
    metadata.py    the Frictionless data package and DCAT-AP-NO
    archive.py     all of it as one zip, with a manifest
    __main__.py    `python -m streamlit_app.package`, which `tillit export` starts

Belongs here: putting charts and tables together for someone who reads them outside the dashboard.
Does not belong here: writing one chart or table (export/), choosing rows (selection.py, blocks/).
"""
