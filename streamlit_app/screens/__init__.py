"""One file per page; app.py says under which address each stands.

The folder is not called pages/: Streamlit serves every file of a folder of that name by itself
to the first visitor after a start, and so breaks links that lead deeper.
Belongs here: what is particular to a page, from its heading to its last chart.
Does not belong here: anything that two pages share (blocks/).
"""
