"""The gates: what each table must keep, whether it did, and what that holds back.

suites               runs a Great Expectations suite, kept as data in `expectations/`, over a table
counted              which expectations hold, counted by the database in one scan
status               the last status of each gate, in the warehouse, where later runs read it
assets               the checks on the marts, as Dagster asset checks
"""
