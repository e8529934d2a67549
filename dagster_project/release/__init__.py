"""The release: publishing it, listing it, opening it, and the record of each run's quality.

`reader`, and `lineage` and `quality` that it builds on, are all that the dashboard may import; they
know neither Dagster nor the warehouse.
"""
