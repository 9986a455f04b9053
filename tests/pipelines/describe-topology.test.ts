import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeTopology } from '../../pipelines/describe-topology.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';

test('the graph names every edge with what it carries, from the corpus to the update and back', () => {
  const { pipeline, stages, edges } = describeTopology(namedTopologies['pretrain-zero']);
  assert.equal(pipeline, 'pretrain-zero');
  assert.deepEqual(stages, ['admit-paragraphs', 'generate-masks', 'predict-spans', 'score-groups', 'update']);
  assert.deepEqual(edges.map(({ from, name, to, record }) => [from, name, to, record]), [
    ['admit-paragraphs', 'paragraphs', 'generate-masks', 'paragraph@2'],
    ['generate-masks', 'mask-groups', 'predict-spans', 'mask_group@5'],
    ['predict-spans', 'prediction-groups', 'score-groups', 'prediction_groups@5'],
    ['score-groups', 'scored-groups', 'update', 'scored_groups@5'],
    ['update', 'policy-versions', 'credits', 'policy_version@1'],
    ['credits', 'credits', 'admit-paragraphs', null],
  ]);
  assert.ok(edges[1]!.fields.some((field) => field.name === 'passages' && field.doc !== ''));
});

test('random-span shares all but one stage with pretrain-zero', () => {
  const [learned, random] = (['pretrain-zero', 'random-span'] as const).map((name) => namedTopologies[name]);
  const differing = learned!.stages.filter((stage, i) => stage.operator !== random!.stages[i]!.operator);
  assert.deepEqual(differing.map((stage) => stage.name), ['generate-masks']);
  assert.equal(learned!.sink.update, random!.sink.update);
});

test('every pipeline that a config can name ends in an update of scored groups and has its own name', () => {
  for (const [name, topology] of Object.entries(namedTopologies)) {
    assert.equal(topology.name, name);
    assert.equal(topology.stages.at(-1)!.produces, topology.sink.consumes);
  }
});
