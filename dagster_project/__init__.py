"""The pipeline: from the inbox to a release, one folder for each stop on the data's way.

ingest      reads files, applies each domain's contract, sets rows aside with a reason
gates       runs the expectation suites and keeps what they found
transform   runs dbt in this process
disclosure  withholds what could point to a person
release     publishes, and is all that the dashboard may import
audit       makes a release again, and compares
"""
