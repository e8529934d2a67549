"""What pages are put together from: the frame's parts, figures, charts with their table.

Belongs here: Streamlit code that more than one page uses.
Does not belong here: what is particular to one page (screens/), anything that can be pure.
"""
