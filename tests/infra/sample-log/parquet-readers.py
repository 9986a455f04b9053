"""Reads a Parquet file with pyarrow, polars, duckdb and pandas, and prints what each found as one JSON line.

Floats are printed as the hexadecimal of their 64 bits, integers as decimal text: JSON itself would lose NaN, -0 and 2^53 + 1.
"""
import json
import struct
import sys

import duckdb
import numpy
import pandas
import polars
import pyarrow.parquet


def canonical(value):
    if value is None or value is pandas.NA:
        return None
    if isinstance(value, (bool, numpy.bool_)):
        return bool(value)
    if isinstance(value, (int, numpy.integer)):
        return f"int {int(value)}"
    if isinstance(value, (float, numpy.floating)):
        return "float nan" if value != value else f"float {struct.pack('>d', float(value)).hex()}"
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {name: canonical(child) for name, child in value.items()}
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [canonical(child) for child in value]
    raise TypeError(f"{type(value)}")


def read_duckdb(path):
    relation = duckdb.sql(f"select * from read_parquet('{path}')")
    return [dict(zip(relation.columns, row)) for row in relation.fetchall()]


def read_pandas(path):
    frame = pandas.read_parquet(path, dtype_backend="pyarrow")
    return [dict(zip(frame.columns, row)) for row in zip(*(frame[name].tolist() for name in frame.columns))]


readers = {
    "pyarrow": lambda path: pyarrow.parquet.read_table(path).to_pylist(),
    "polars": lambda path: polars.read_parquet(path, hive_partitioning=False).to_dicts(),
    "duckdb": read_duckdb,
    "pandas": read_pandas,
}

path = sys.argv[1]
for name, read in readers.items():
    print(json.dumps({"reader": name, "rows": canonical(read(path))}))
