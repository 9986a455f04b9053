/** What the run beside made of the paragraph that is shown: at the same step, else at the step nearest to it among those read. */
import type { ParagraphSample } from '../../../sample-log/paragraph-sample.ts';
import { paragraphKey } from '../../log/paragraph-key.ts';
import type { RunData } from '../data/run-data.ts';
import { Problem } from '../parts/problem.tsx';
import { SamplePanel } from '../parts/sample-panel.tsx';
import { useIndex } from '../state/use-index.ts';
import { usePromise } from '../state/use-promise.ts';
import type { ViewProps } from './view-props.ts';

export function BesideSample({ run, beside, address, go }: ViewProps & { readonly beside: RunData }) {
  const { slot } = address;
  const step = address.step ?? run.lastStep;
  useIndex(beside);
  const found = usePromise(step === null || slot === null ? null : () => findBeside(run, beside, step, slot), [run, beside, run.known, beside.known, step, slot, beside.index.steps === beside.steps.length]);
  if (step === null || slot === null) return <p class="muted hint">{beside.name} is beside.</p>;
  if (found.state === 'failed') return <Problem reason={found.reason} />;
  if (found.state === 'waiting') return <p class="muted hint">Reading {beside.name} …</p>;
  const { sample, same } = found.value;
  if (sample === null) return <p class="muted hint">{beside.name} has no such step and slot, and did not meet this paragraph in the steps read so far.</p>;
  return (
    <>
      {!same && <p class="muted hint">{beside.name} did not meet this paragraph in the steps read so far; this is its own at the same step and slot.</p>}
      <SamplePanel run={beside} {...{ sample, go }} chosen={{ ...address, prediction: null }} keyboard={false} />
    </>
  );
}

interface Found {
  readonly sample: ParagraphSample | null;
  /** Whether it is of the same paragraph. */
  readonly same: boolean;
}

async function findBeside(run: RunData, beside: RunData, step: number, slot: number): Promise<Found> {
  const own = (await run.samples(step)).find(({ paragraph }) => paragraph.slot === slot);
  if (own === undefined) return { sample: null, same: false };
  const key = paragraphKey(own.paragraph);
  const atStep = beside.step(step) === null ? [] : await beside.samples(step);
  const here = atStep.find(({ paragraph }) => paragraphKey(paragraph) === key);
  if (here !== undefined) return { sample: here, same: true };
  const nearest = beside.index.places(key).toSorted((a, b) => Math.abs(a.step - step) - Math.abs(b.step - step))[0];
  if (nearest === undefined) return { sample: atStep.find(({ paragraph }) => paragraph.slot === slot) ?? null, same: false };
  const there = (await beside.samples(nearest.step)).find(({ paragraph }) => paragraph.slot === nearest.slot);
  return { sample: there ?? null, same: there !== undefined };
}
