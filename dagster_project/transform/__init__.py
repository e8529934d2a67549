"""dbt, run in this process: staging and intermediate in one step, marts in the next.

dbt_runner   parsing and building the dbt project
assets       the models as Dagster assets, their tests as asset checks
"""
