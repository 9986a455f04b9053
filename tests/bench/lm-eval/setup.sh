#!/bin/sh
# The lm-evaluation-harness in an environment of its own, .cache/lm-eval (about 2 GB). Not part of CI.
set -eu
cd "$(dirname "$0")/../../.."
python3 -m venv .cache/lm-eval
.cache/lm-eval/bin/pip install --quiet 'lm-eval[hf]==0.4.13' pyarrow
