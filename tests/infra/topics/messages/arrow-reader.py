"""Reads a message's value with pyarrow as it is, and prints its one row as JSON.

Floats are printed as the hexadecimal of their 64 bits, integers as decimal text: JSON itself would lose NaN, -0 and 2^53 + 1.
"""
import json
import struct
import sys

import pyarrow


def canonical(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return f"int {value}"
    if isinstance(value, float):
        return "float nan" if value != value else f"float {struct.pack('>d', value).hex()}"
    if isinstance(value, dict):
        return {name: canonical(child) for name, child in value.items()}
    return [canonical(child) for child in value]


with open(sys.argv[1], "rb") as file:
    table = pyarrow.ipc.open_stream(file).read_all()
table.validate(full=True)
metadata = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
print(json.dumps({"metadata": metadata, "rows": canonical(table.to_pylist())}))
