import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodePassOutput } from '../../../../../infra/engine/tinker/client/wire/decode-pass-output.ts';
import { decodeSamples } from '../../../../../infra/engine/tinker/client/wire/decode-samples.ts';
import { encodeModelPass } from '../../../../../infra/engine/tinker/client/wire/encode-model-pass.ts';
import { decodeModelPass } from '../fake/decode-model-pass.ts';
import { encodePassOutput, encodeSamples } from '../fake/encode-results.ts';

const float = fc.float({ noNaN: true });
const token = fc.integer({ min: 0, max: 200_000 });

test('a pass is read as it was written', () => {
  const datum = fc.integer({ min: 0, max: 9 }).chain((n) => {
    const floats = fc.array(float, { minLength: n, maxLength: n });
    const tokens = fc.array(token, { minLength: n, maxLength: n });
    return fc.record({ inputTokens: tokens, targetTokens: tokens, logprobs: floats, advantages: floats, weights: floats }, { noNullPrototype: true });
  });
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 1e9 }), fc.array(datum, { maxLength: 4 }), fc.dictionary(fc.string({ minLength: 1 }), fc.double({ noNaN: true })), fc.boolean(), (modelId, sequence, data, settings, forwardOnly) => {
      const sent = data.map(({ inputTokens, targetTokens, logprobs, advantages, weights }) => ({
        ...{ inputTokens: Int32Array.from(inputTokens), targetTokens },
        ...{ logprobs: Float32Array.from(logprobs), advantages: Float32Array.from(advantages), weights: Float32Array.from(weights) },
      }));
      const read = decodeModelPass(encodeModelPass({ modelId, sequence, data: sent, loss: 'ppo', lossSettings: settings, forwardOnly }));
      assert.deepEqual(read, { modelId, sequence, data, loss: 'ppo', lossSettings: new Map(Object.entries(settings)), forwardOnly });
    }),
  );
});

test('the bytes are those of the protocol', () => {
  const datum = { inputTokens: Int32Array.of(1, 258), targetTokens: [258, 3], logprobs: Float32Array.of(0, 0), advantages: Float32Array.of(0, 0), weights: Float32Array.of(0, 1) };
  const bytes = encodeModelPass({ modelId: 'm', sequence: 5, data: [datum], loss: 'ppo', lossSettings: { a: 1 }, forwardOnly: true });
  const hex = Buffer.from(bytes).toString('hex');
  assert.ok(hex.startsWith('0a016d' + '1005' + '1a'), 'model_id, seq_id, data');
  assert.ok(hex.includes('0a0c' + '0a0a' + '0a08' + '01000000' + '02010000'), 'chunk, encoded text, tokens as int32');
  const target = '0a10' + '0201000000000000' + '0300000000000000' + '1802' + '220102';
  assert.ok(hex.includes('0a0d' + Buffer.from('target_tokens').toString('hex') + '1217' + target), 'a map entry with a tensor of int64 and its shape');
  assert.ok(hex.includes('0a08' + '00000000' + '0000803f' + '1801' + '220102'), 'a tensor of float32');
  assert.ok(hex.endsWith('220370706f' + '2a0c' + '0a0161' + '11000000000000f03f' + '3001'), 'loss_fn, loss_fn_config, forward_only');
});

test('results are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.array(float)), fc.dictionary(fc.string({ minLength: 1 }), fc.double()), (logprobs, metrics) => {
      const output = decodePassOutput(encodePassOutput(logprobs, metrics));
      assert.deepEqual(output.logprobs.map((own) => Array.from(own)), logprobs);
      assert.deepEqual(output.metrics, new Map(Object.entries(metrics)));
    }),
  );
  const sample = fc.record({ tokens: fc.array(token), logprobs: fc.array(float), finishReason: fc.constantFrom('stop' as const, 'length' as const) }, { noNullPrototype: true });
  fc.assert(fc.property(fc.array(sample), (samples) => assert.deepEqual(decodeSamples(encodeSamples(samples)), samples)));
});
