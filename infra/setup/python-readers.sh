#!/bin/sh
# Makes a Python environment with the readers that the Parquet tests compare, in the folder given; prints its interpreter.
#   PRETRAINZERO_PYTHON=$(sh infra/setup/python-readers.sh .cache/python-readers) npm test
set -eu
folder=${1:?'give a folder for the environment'}
if [ ! -x "$folder/bin/python" ]; then
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet 'pyarrow>=18' 'polars>=1.20' 'duckdb>=1.1' 'pandas>=2.2' 1>&2
fi
echo "$folder/bin/python"
