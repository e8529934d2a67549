"""Charts: pure functions from a small table to an Altair chart.

Belongs here: how figures are drawn. Each chart says when a figure is withheld, never as zero.
Does not belong here: choosing rows (selection.py), Streamlit.
"""
