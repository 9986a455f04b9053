/** One sample, as the address names it. */
import { SamplePanel } from '../parts/sample-panel.tsx';
import { Problem } from '../parts/problem.tsx';
import { usePromise } from '../state/use-promise.ts';
import type { ViewProps } from './view-props.ts';

export function Sample({ run, address, go }: ViewProps) {
  const { slot } = address;
  const step = address.step ?? run.lastStep;
  const found = usePromise(step === null || slot === null ? null : () => run.samples(step), [run, run.known, step, slot === null]);
  if (step === null || slot === null) return <p class="muted hint">Choose a paragraph from the list. The key ? tells what keys do.</p>;
  if (found.state === 'failed') return <Problem reason={found.reason} />;
  if (found.state === 'waiting') return <p class="muted hint">Reading step {step} …</p>;
  const sample = found.value.find(({ paragraph }) => paragraph.slot === slot);
  const stale = found.value[0]?.paragraph.step !== step;
  if (sample === undefined) return stale ? <p class="muted hint">Reading step {step} …</p> : <Problem reason={`Step ${step} has no slot ${slot}.`} />;
  return <SamplePanel {...{ run, sample, go }} chosen={address} keyboard />;
}
