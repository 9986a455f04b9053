#!/bin/sh
# Fetches the versions of Node that the engine is tested on, in the folder given; prints their programs, joined with colons.
#   PRETRAINZERO_NODES=$(sh infra/setup/node-versions.sh .cache/node-versions) npm test -- infra/engine/node-versions
set -eu
folder=${1:?'give a folder for the versions'}
programs=
for version in 20 22 24; do
  program=$folder/$version/node_modules/node/bin/node
  if [ ! -x "$program" ]; then
    mkdir -p "$folder/$version"
    npm install --prefix "$folder/$version" --no-save --no-audit --no-fund --loglevel=error "node@$version" 1>&2
  fi
  programs=${programs:+$programs:}$program
done
echo "$programs"
