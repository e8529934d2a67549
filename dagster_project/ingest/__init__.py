"""From a file in the inbox to a raw table: every row is kept, or set aside with a reason.

described   YAML descriptions as models; a fault is told with file and line
codebook    what a survey wave's columns and answers mean
domains     what each domain's files hold: the one place where a domain is described
contract    what a file must keep: columns, codes, keys; made from a domain or a codebook
readers     CSV, XLSX, SPSS and Parquet into one form
workbooks   what makes an XLSX workbook unfit to be read
cells       a cell's text and its type
faults      what breaks the contract in a row, an answer or a file
load        the contract applied: rows kept, rows quarantined, answers blanked
unchanged   which files need not be read again
check       one file read for a person, nothing changed
assets      the Dagster assets
"""
