#!/bin/sh
# Makes again all that depends on the bundled base model, the quickstart's settings or the log's records: the bundled runs, the data dictionary, the notebooks' outputs, the explorer's pictures. Some ten
# minutes of two cores. To be run where one of these changed; what it writes is to be committed.
#   sh notebooks/remake.sh
# It needs what infra/setup/notebooks.sh and infra/setup/browser.sh install, and calls them. Stops at the first thing that is not right.
set -eu
cd "$(dirname "$0")/.."
npm run --silent build
python=$(sh infra/setup/notebooks.sh .cache/notebooks)
PRETRAINZERO_CHROMIUM=$(sh infra/setup/browser.sh .cache/browser)
export PRETRAINZERO_CHROMIUM

sh notebooks/make-runs.sh
for run in pretrain-zero random-span; do
  node dist/infra/cli/main.js verify "notebooks/runs/$run" --without-checkpoints
  node dist/infra/cli/main.js replay "notebooks/runs/$run" --corpus
done
node dist/infra/cli/main.js schema --tables >notebooks/data-dictionary.md
"$python" notebooks/execute.py
node dist/tests/bench/explorer/screenshots.js infra/explorer/pictures notebooks/runs/pretrain-zero notebooks/runs/random-span
PRETRAINZERO_NOTEBOOKS=$python node --test dist/tests/notebooks/notebooks.test.js
echo 'Done. To be read again by a person: the last cell of each notebook, which says in words how to read what it shows, and the step and mask of the pictures (tests/bench/explorer/screenshots.ts).'
