/** infra/deploy: what the examples run, `check` accepts, and it asks for the server that they start. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { exitCodes } from '../../../infra/cli/exit-codes.ts';
import { runProgram } from '../../../infra/cli/program.ts';
import { loadConfig } from '../../../infra/config/load-config.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { testWorld } from '../cli/test-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-deploy-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const corpus = join(folder, 'corpus.jsonl');
writeFileSync(corpus, `${JSON.stringify({ id: '1', title: 'A', text: 'Of something.' })}\n`);
const here = [`model.path=${fixturePath('golden/qwen3')}`, `corpus.path=${corpus}`];

const read = (file: string): string => readFileSync(join(packageRoot(), 'infra', 'deploy', file), 'utf8');

interface Run {
  readonly config: string;
  readonly set: readonly string[];
}

function runIn(command: string): Run {
  const config = /pretrainzero run (\S+)/u.exec(command)![1]!;
  return { config, set: [...command.matchAll(/--set ["']?([^\s"']+)/gu)].map(([, setting]) => setting!) };
}

/** With a model and a corpus that are on this machine. */
async function check({ config, set }: Run): Promise<NonNullable<Config['engine']['tinker']>> {
  const world = testWorld();
  const code = await runProgram(['check', config, ...[...set, ...here].flatMap((setting) => ['--set', setting])], world);
  assert.match(world.terminal.out(), /Everything that it names is there\./);
  assert.match(world.terminal.out(), /note: of the optimiser the fsdp backend takes the learning rate alone/);
  assert.equal(code, exitCodes.ok);
  return (await loadConfig(config, { set: [...set] })).config.engine.tinker!;
}

interface Document {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template?: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } }; readonly ports?: readonly { readonly port: number }[] };
}

test('the Kubernetes example runs a config that check accepts, on the server that it starts', async () => {
  const documents = parseAllDocuments(read('kubernetes.yaml')).map((document) => document.toJS() as Document);
  const of = (kind: string): Document => documents.find((document) => document.kind === kind)!;
  const { url, model, backend } = await check(runIn(of('Job').spec.template!.spec.containers[0]!.args[0]!));
  const { args } = of('Deployment').spec.template!.spec.containers[0]!;
  const { metadata, spec } = of('Service');
  const port = spec.ports![0]!.port;
  assert.equal(url, `http://${metadata.name}:${port}`);
  for (const argument of [`--base-model=${model}`, `--backend=${backend}`, `--port=${port}`]) assert.ok(args.includes(argument), argument);
});

const valueOf = (unit: string, key: string): string => new RegExp(`^${key}=(.*)$`, 'mu').exec(unit)![1]!;

test('the systemd units run a config that check accepts, on the server that they start, and start again what may pass', async () => {
  const [run, server] = [read('pretrainzero.service'), read('skyrl.service')];
  const { url, model, backend } = await check(runIn(valueOf(run, 'ExecStart')));
  const { hostname, port } = new URL(url);
  for (const argument of [`--base-model ${model}`, `--backend ${backend}`, `--host ${hostname}`, `--port ${port}`]) assert.ok(valueOf(server, 'ExecStart').includes(` ${argument} `), argument);
  assert.ok(valueOf(run, 'ExecStartPre').endsWith(`${url}/api/v1/healthz`));
  assert.deepEqual(valueOf(run, 'RestartPreventExitStatus').split(' ').map(Number), [exitCodes.usage, exitCodes.alarm]);
  assert.equal(Number(valueOf(run, 'SuccessExitStatus')), exitCodes.interrupted);
});

test('the command of the systemd unit begins a run, and goes on with one that is there', () => {
  const command = /^\/bin\/sh -c '(.*)'$/u.exec(valueOf(read('pretrainzero.service'), 'ExecStart'))![1]!.replaceAll('$$', '$');
  writeFileSync(join(folder, 'pretrainzero'), '#!/bin/sh\nfor word; do echo "$word"; done\n', { mode: 0o755 });
  const words = (): string[] => execFileSync('/bin/sh', ['-c', command], { cwd: folder, env: { PATH: `${folder}:/usr/bin:/bin` }, encoding: 'utf8' }).trimEnd().split('\n');
  assert.deepEqual(words().slice(0, 3), ['run', 'tinker-qwen3-4b', '--set']);
  mkdirSync(join(folder, 'runs', 'tinker-qwen3-4b'), { recursive: true });
  writeFileSync(join(folder, 'runs', 'tinker-qwen3-4b', 'manifest.jsonl'), '');
  assert.deepEqual(words().slice(0, 4), ['run', 'tinker-qwen3-4b', '--resume', '--set']);
  assert.ok(words().includes('corpus.path=wikipedia/*.parquet'));
});
