import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigReader } from '../../../../infra/engine/model-files/config-reader.ts';
import { parseLayerKinds, windowOfLayer, type WindowPlace } from '../../../../infra/engine/model-files/layer-kinds.ts';
import { hasCode } from './has-code.ts';

const full = 'full_attention';
const sliding = 'sliding_attention';
const parse = (place: WindowPlace, json: object, layers = 3): ReturnType<typeof parseLayerKinds> => parseLayerKinds(new ConfigReader(json, 'config.json'), place, layers);

/** The window of each layer. */
function windows(place: WindowPlace, json: object, layers = 3): (number | null)[] {
  const kinds = parse(place, json, layers);
  return Array.from({ length: layers }, (_, layer) => windowOfLayer(kinds, layer));
}

describe('the sliding window', () => {
  test('of Llama is never there, of Mistral in every layer', () => {
    assert.deepEqual(windows('never', { sliding_window: 16, layer_types: [sliding, sliding, sliding] }), [null, null, null]);
    assert.deepEqual(windows('always', {}), [4096, 4096, 4096]);
    assert.deepEqual(windows('always', { sliding_window: 16 }), [16, 16, 16]);
    assert.deepEqual(windows('always', { sliding_window: null }), [null, null, null]);
  });

  test('of Qwen is in the layers from max_window_layers on, where it is used', () => {
    const windowed = { use_sliding_window: true, sliding_window: 16 };
    assert.deepEqual(windows('upper-layers', { ...windowed, use_sliding_window: false, max_window_layers: 0 }), [null, null, null]);
    assert.deepEqual(windows('upper-layers', { ...windowed, sliding_window: null, max_window_layers: 0 }), [null, null, null]);
    assert.deepEqual(windows('upper-layers', { ...windowed, max_window_layers: 0 }), [16, 16, 16]);
    assert.deepEqual(windows('upper-layers', { ...windowed, max_window_layers: 2 }), [null, null, 16]);
    assert.deepEqual(windows('upper-layers', windowed, 30).slice(26), [null, null, 16, 16], 'the class has 28');
  });

  test('is where layer_types has it', () => {
    const windowed = { use_sliding_window: true, sliding_window: 16, max_window_layers: 0 };
    assert.deepEqual(windows('upper-layers', { ...windowed, layer_types: [full, sliding, full] }), [null, 16, null]);
    assert.deepEqual(parse('upper-layers', { ...windowed, layer_types: [full, full, full] }), { slidingWindow: null, fullAttentionLayers: [], noRopeLayers: [] });
    assert.deepEqual(parse('no-rope-layers', { ...windowed, layer_types: [sliding, sliding, full] }), { slidingWindow: 16, fullAttentionLayers: [2], noRopeLayers: [] });
  });

  test('of SmolLM3 is in the layers without RoPE', () => {
    const windowed = { use_sliding_window: true, sliding_window: 16, no_rope_layers: [0, 1, 0] };
    assert.deepEqual(parse('no-rope-layers', windowed), { slidingWindow: 16, fullAttentionLayers: [1], noRopeLayers: [0, 2] });
    assert.deepEqual(windows('no-rope-layers', { ...windowed, use_sliding_window: false }), [null, null, null]);
    assert.deepEqual(windows('no-rope-layers', { ...windowed, sliding_window: undefined }), [null, null, null]);
  });
});

describe('layers without RoPE', () => {
  test('are those with a 0, or every fourth, or every so many', () => {
    assert.deepEqual(parse('no-rope-layers', { no_rope_layers: [1, 0, 1, 0] }).noRopeLayers, [1], 'a list may be longer');
    assert.deepEqual(parse('no-rope-layers', {}, 9).noRopeLayers, [3, 7]);
    assert.deepEqual(parse('no-rope-layers', { no_rope_layers: null, no_rope_layer_interval: 3 }, 9).noRopeLayers, [2, 5, 8]);
  });
});

describe('refused by the name of the field is', () => {
  const windowed = { use_sliding_window: true, sliding_window: 16 };
  for (const [code, field, place, json] of [
    ['MODEL_UNSUPPORTED', 'layer_types', 'upper-layers', { ...windowed, layer_types: [full, 'chunked_attention', full] }],
    ['MODEL_UNSUPPORTED', 'layer_types', 'always', { sliding_window: 16, layer_types: [full, sliding, full] }],
    ['MODEL_INVALID', 'layer_types', 'upper-layers', { ...windowed, layer_types: [full, sliding] }],
    ['MODEL_INVALID', 'layer_types', 'upper-layers', { ...windowed, layer_types: sliding }],
    ['MODEL_INVALID', 'layer_types', 'upper-layers', { sliding_window: 16, layer_types: [full, sliding, full] }],
    ['MODEL_INVALID', 'sliding_window', 'upper-layers', { ...windowed, sliding_window: 0 }],
    ['MODEL_INVALID', 'max_window_layers', 'upper-layers', { ...windowed, max_window_layers: -1 }],
    ['MODEL_INVALID', 'no_rope_layers', 'no-rope-layers', { no_rope_layers: [1, 0] }],
    ['MODEL_INVALID', 'no_rope_layers', 'no-rope-layers', { no_rope_layers: [1, 0, 2] }],
    ['MODEL_INVALID', 'no_rope_layers', 'no-rope-layers', { no_rope_layers: 'all' }],
    ['MODEL_INVALID', 'no_rope_layer_interval', 'no-rope-layers', { no_rope_layer_interval: 0 }],
  ] as const) {
    test(`${place}, ${JSON.stringify(json)}`, () => {
      assert.throws(() => parse(place, json), hasCode(code, new RegExp(field, 'u')));
    });
  }
});
