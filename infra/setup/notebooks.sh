#!/bin/sh
# Makes what the notebooks are executed with, in the folder given: Python with notebooks/requirements.txt, its kernel, and Deno's for TypeScript. Prints the interpreter.
#   PRETRAINZERO_NOTEBOOKS=$(sh infra/setup/notebooks.sh .cache/notebooks) npm test -- notebooks
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "${1:?'give a folder for the environment'}"
folder=$(cd "$1" && pwd)
if [ ! -f "$folder/share/jupyter/kernels/deno/kernel.json" ]; then
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$root/notebooks/requirements.txt" 1>&2
  npm install --prefix "$folder/deno" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error deno@2.9.6 1>&2
  deno=$(echo "$folder"/deno/node_modules/@deno/*/deno)
  chmod +x "$deno"
  mkdir -p "$folder/share/jupyter/kernels/deno"
  printf '{"argv": ["%s", "jupyter", "--kernel", "--conn", "{connection_file}"], "display_name": "Deno (TypeScript)", "language": "typescript"}\n' "$deno" >"$folder/share/jupyter/kernels/deno/kernel.json"
fi
echo "$folder/bin/python"
