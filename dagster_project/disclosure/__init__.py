"""Disclosure control: between the marts and the release, what could point to a person is withheld.

rules     the rules as data (`seeds/disclosure.yml`), stated in every release
cells     who the cells of the survey's tables are about, and which add up
outer     what one sum after another tells of a hidden cell, by arithmetic
suppress  which of them must be hidden, so that no hidden one can be computed
weighted  which weighted figures tell too much of what they are made of
pattern   all that is hidden in a release, in the table disclosure.hidden_cell
protect   the rules and the pattern applied to a mart, whose description says what is protected
assets    the protected marts as Dagster assets, and the gate on them
"""
