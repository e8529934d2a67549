"""Disclosure control: between the marts and the release, what could point to a person is withheld.

rules     the rules as data (`seeds/disclosure.yml`), stated in every release
protect   the rules applied to a mart, which says in its description what is to be protected
assets    the protected marts as Dagster assets, and the gate on them
"""
