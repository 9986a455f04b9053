/**
 * Samples of one version of the weights. In: prompts with seeds, and the model's name. Out: the samples, in the order asked. Requests run at once as the gate lets them; where one fails, the others are given up, and the server stops
 * drawing for them. Fails as the server's client does; ENGINE_FAILED where a reply is none, ENGINE_REFUSED where samples are not what the run can use.
 */
import { z } from 'zod';
import type { GenerateProgress, GenerateRequest, Sample, SamplingGroup } from '../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { RequestGate } from '../tinker/client/request-gate.ts';
import type { Dialect, Drawn } from './dialect.ts';
import type { ServerClient } from './server-client.ts';
import { toSample } from './to-sample.ts';

/** Servers keep seeds in 32 or 64 bits with a sign, and some add a sample's place. */
const seedMask = 0x3fff_ffff;

const replySchema = z.object({ choices: z.array(z.looseObject({ index: z.int().min(0) })) });

export interface SampledBy {
  readonly client: ServerClient;
  readonly gate: RequestGate;
  readonly dialect: Dialect;
  readonly maxPositions: number;
}

export async function sampleCompletions(model: string, request: GenerateRequest, { client, gate, dialect, maxPositions }: SampledBy, signal: AbortSignal, progress: GenerateProgress): Promise<Sample[][]> {
  const given = new AbortController();
  const either = AbortSignal.any([signal, given.signal]);
  let openRows = request.groups.reduce((sum, { seeds }) => sum + seeds.length, 0);
  const ask = ({ promptTokens, seeds }: SamplingGroup): Promise<Sample[]> =>
    gate.through(seeds.length, async () => {
      const maxTokens = Math.min(request.maxNewTokens, maxPositions - promptTokens.length);
      const { temperature, stopTokens } = request;
      const body = { model, prompt: promptTokens, n: seeds.length, seed: seeds[0]! & seedMask, max_tokens: maxTokens, temperature, top_p: 1, logprobs: 1, stream: false, ...dialect.settings(stopTokens) };
      const text = await client.post({ path: '/v1/completions', body, what: `sample by ${model}`, signal: either, onPushBack: () => gate.pushedBack() });
      const samples = readSamples(text, seeds.length, client, dialect).map((drawn) => asSample(drawn, stopTokens, maxTokens, client));
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

function readSamples(text: string, asked: number, client: ServerClient, { read }: Dialect): Drawn[] {
  let choices: z.infer<typeof replySchema>['choices'];
  try {
    choices = replySchema.parse(JSON.parse(text)).choices;
  } catch (cause) {
    throw client.foreign('gave no completion', cause);
  }
  if (choices.length !== asked) throw client.foreign(`gave ${choices.length} completions, where ${asked} were asked for`);
  try {
    return choices.sort((a, b) => a.index - b.index).map(read);
  } catch (cause) {
    throw new PretrainZeroError('ENGINE_REFUSED', `${client.url} gave a completion without token ids and log-probabilities: engine.rollouts.server must say what it is, in a version that gives them`, { key: 'engine.rollouts.server' }, cause);
  }
}

function asSample(drawn: Drawn, stopTokens: readonly number[], maxTokens: number, client: ServerClient): Sample {
  try {
    return toSample(drawn, stopTokens, maxTokens);
  } catch (cause) {
    throw new PretrainZeroError('ENGINE_REFUSED', `${client.url} gave ${(cause as RangeError).message}`, { key: 'engine.rollouts' }, cause);
  }
}
