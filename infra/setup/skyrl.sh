#!/bin/sh
# A SkyRL server for CPUs, for tests/infra/engine/tinker/real-server.test.ts. Needs Python 3.12 or newer (PYTHON names one) and 7 GB of disk; prints its folder.
#   PRETRAINZERO_SKYRL=$(sh infra/setup/skyrl.sh .cache/skyrl) node --test dist/tests/infra/engine/tinker/real-server.test.js
set -eu
folder=${1:-.cache/skyrl}
version=0.4.0
if [ "$(cat "$folder/ready" 2>/dev/null || true)" != "$version" ]; then
  python=${PYTHON:-}
  for name in python3.12 python3.13 python3; do
    [ -n "$python" ] && break
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then python=$name; fi
  done
  if [ -z "$python" ]; then
    echo 'Python 3.12 or newer is needed; name one with PYTHON=' >&2
    exit 1
  fi
  rm -rf "$folder"
  "$python" -m venv "$folder" >&2
  # aiohttp is imported by the server and not declared; the server starts its engine with uv.
  "$folder/bin/pip" install --quiet --disable-pip-version-check "skyrl[tinker,jax]==$version" aiohttp uv >&2
  echo "$version" >"$folder/ready"
fi
(cd "$folder" && pwd)
