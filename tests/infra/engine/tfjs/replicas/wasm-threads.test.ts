import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startWasmBackend } from '../../../../../infra/engine/tfjs/backend/wasm-backend.ts';
import { shareWeights } from '../../../../../infra/engine/tfjs/model/share-weights.ts';
import { LocalReplica } from '../../../../../infra/engine/tfjs/replicas/local-replica.ts';
import { openThreadReplica } from '../../../../../infra/engine/tfjs/replicas/thread-replica.ts';
import { livelyWeights, tinyConfig } from '../open-model.ts';
import { exampleGroups, grpoLoss } from '../training-examples.ts';

describe('threads within an operation', () => {
  test('are used, and change no bit of a pass', async (t) => {
    assert.equal(await startWasmBackend(2), 2);
    const model = { config: tinyConfig, weights: shareWeights(livelyWeights(tinyConfig)), adapter: null, recomputeActivations: false };
    const alone = await openThreadReplica(model, 'wasm', 'one thread');
    t.after(() => alone.close());
    const loss = { loss: grpoLoss, stepTokens: 100 };
    const groups = exampleGroups([[30, 50], [40, 20, 60]], 120);
    assert.deepEqual(await new LocalReplica(model).trainPass(groups, loss), await alone.trainPass(groups, loss));
  });
});
