/** docs/kubernetes.yaml and the configs of large models: what they run is taken by the config. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { bundledConfigNames } from '../../../infra/config/config-paths.ts';
import { loadConfig } from '../../../infra/config/load-config.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';

const paper = (await loadConfig('paper-qwen3-4b')).config;

test("every config on a server has the paper's rollouts and loss", async () => {
  const names = bundledConfigNames().filter((name) => name.startsWith('tinker-'));
  assert.equal(names.length, 5);
  for (const name of names) {
    const { rollouts, grpo, masks, engine } = (await loadConfig(name)).config;
    assert.deepEqual([rollouts, grpo, masks], [paper.rollouts, paper.grpo, paper.masks], name);
    assert.notEqual(engine.tinker, null, name);
  }
});

interface Document {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template?: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } }; readonly ports?: readonly { readonly port: number }[] };
}

test('the Kubernetes example starts the server that its run asks for', async () => {
  const documents = parseAllDocuments(readFileSync(join(packageRoot(), 'docs', 'kubernetes.yaml'), 'utf8')).map((document) => document.toJS() as Document);
  const of = (kind: string): Document => documents.find((document) => document.kind === kind)!;
  const [command] = of('Job').spec.template!.spec.containers[0]!.args;
  const config = /pretrainzero run (\S+)/u.exec(command!)![1]!;
  const set = [...command!.matchAll(/--set '?([^\s']+)/gu)].map(([, setting]) => setting!);
  const { engine } = (await loadConfig(config, { set })).config;
  const service = of('Service');
  assert.equal(engine.tinker!.url, `http://${service.metadata.name}:${service.spec.ports![0]!.port}`);
  const { args } = of('Deployment').spec.template!.spec.containers[0]!;
  assert.ok(args.includes(`--base-model=${engine.tinker!.model}`) && args.includes(`--backend=${engine.tinker!.backend}`));
});
