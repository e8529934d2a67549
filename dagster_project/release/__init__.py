"""The release: publishing it, listing it, opening it, and the record of each run's quality.

`reader` is all that the dashboard may import; it knows neither Dagster nor the warehouse.
"""
