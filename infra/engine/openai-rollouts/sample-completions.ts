/**
 * Samples of one version of the weights. In: prompts with seeds, and the model's name. Out: the samples, in the order asked. Requests run at once as the gate lets them; where one fails, the others are given up, and the server stops
 * drawing for them. Fails as the server's client does; ENGINE_FAILED where a reply is none, ENGINE_REFUSED where samples are not what the run can use.
 */
import type { GenerateProgress, GenerateRequest, Sample, SamplingGroup } from '../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { RequestGate } from '../tinker/client/request-gate.ts';
import type { Dialect } from './dialect.ts';
import type { ServerClient } from './server-client.ts';
import { toSample } from './to-sample.ts';

/** Servers keep seeds in 32 or 64 bits with a sign, and some add a sample's place. */
const seedMask = 0x3fff_ffff;

export interface SampledBy {
  readonly client: ServerClient;
  readonly gate: RequestGate;
  readonly dialect: Dialect;
  readonly maxPositions: number;
}

export async function sampleCompletions(model: string, request: GenerateRequest, { client, gate, dialect, maxPositions }: SampledBy, signal: AbortSignal, progress: GenerateProgress): Promise<Sample[][]> {
  const given = new AbortController();
  const either = AbortSignal.any([signal, given.signal]);
  const { temperature, stopTokens } = request;
  let openRows = request.groups.reduce((sum, { seeds }) => sum + seeds.length, 0);
  const ask = ({ promptTokens, seeds }: SamplingGroup): Promise<Sample[]> =>
    gate.through(seeds.length, async () => {
      const maxTokens = Math.min(request.maxNewTokens, maxPositions - promptTokens.length);
      const body = dialect.body({ model, promptTokens, samples: seeds.length, seed: seeds[0]! & seedMask, maxTokens, temperature, stopTokens });
      const text = await client.post({ path: dialect.path, body, what: `sample by ${model}`, signal: either, onPushBack: () => gate.pushedBack() });
      const samples = readSamples(text, client, dialect, (drawn) => toSample(drawn, stopTokens, maxTokens));
      if (samples.length !== seeds.length) throw client.foreign(`gave ${samples.length} samples, where ${seeds.length} were asked for`);
      gate.succeeded();
      openRows -= samples.length;
      progress(samples.reduce((sum, { tokens }) => sum + tokens.length, 0), openRows);
      return samples;
    });
  try {
    return await Promise.all(
      request.groups.map(async (group) => {
        if (group.seeds.length === 0) return [];
        if (dialect.manyAtOnce) return ask(group);
        return (await Promise.all(group.seeds.map((seed) => ask({ ...group, seeds: [seed] })))).flat();
      }),
    );
  } catch (error) {
    given.abort(error);
    throw error;
  }
}

function readSamples(text: string, client: ServerClient, { read }: Dialect, toOwn: (drawn: ReturnType<Dialect['read']>[number]) => Sample): Sample[] {
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch (cause) {
    throw client.foreign('answered with something other than JSON', cause);
  }
  try {
    return read(reply).map(toOwn);
  } catch (cause) {
    const what = cause instanceof RangeError ? cause.message : 'a reply without token ids and log-probabilities: engine.rollouts.server must say what it is, in a version that gives them';
    throw new PretrainZeroError('ENGINE_REFUSED', `${client.url} gave ${what}`, { key: 'engine.rollouts.server' }, cause);
  }
}
