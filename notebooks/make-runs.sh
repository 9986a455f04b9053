#!/bin/sh
# Makes the runs that the notebooks open on: one with learned masks, one with random spans, alike in all else. A few minutes of two cores.
#   npm run build && sh notebooks/make-runs.sh
# WebAssembly computes the same on every machine, so the samples come out byte for byte as they are here; wall-clock times do not. Checkpoints are weights
# (23 MB each) and are left out.
set -eu
cd "$(dirname "$0")/.."
for config in quickstart quickstart-random-span; do
  name=${config#quickstart-}
  [ "$config" = quickstart ] && name=pretrain-zero
  rm -rf "notebooks/runs/$name"
  node dist/infra/cli/main.js run "$config" --out "notebooks/runs/$name" --set "run.name=$name" --set engine.backend=wasm \
    --set run.steps=24 --set run.checkpointEvery=24 --set run.keepCheckpoints=1 \
    --set masks.regularise=default --set masks.atLeast=0 \
    --set rollouts.paragraphsPerStep=8 --set rollouts.masksPerParagraph=8 --set rollouts.predictionsPerMask=4 \
    --set evaluation.every=8 --set evaluation.maxItems=100 --set evaluation.clozeSamples=4 --set evaluation.probeSamples=4 \
    --set log.compressionLevel=19 --set log.tensorboard=false
  rm -rf "notebooks/runs/$name/checkpoints" "notebooks/runs/$name/.staging"
done
