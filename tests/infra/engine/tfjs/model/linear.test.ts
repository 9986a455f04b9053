import assert from 'node:assert/strict';
import { test } from 'node:test';
import { livelyAdapter } from '../lora.ts';
import { livelyWeights, openTrainer, tinyConfig } from '../open-model.ts';

test('what sampling lays out on the host is what training multiplies by on the device, adapters included', async () => {
  const { model } = await openTrainer(tinyConfig, livelyWeights(tinyConfig), { adapter: livelyAdapter(tinyConfig) });
  assert.ok(model.weights.linears.some(({ lowRank }) => lowRank !== null));
  for (const linear of model.weights.linears) {
    const device = linear.forward.dataSync<'float32'>();
    linear.onHost().forEach((value, i) => assert.ok(Math.abs(value - device[i]!) < 1e-6, `${linear.parts[0]!.name}[${i}] is ${value}, not ${device[i]!}`));
  }
});
