/** Samples: a list, and the one that was chosen from it; with a run beside, what that run made of the same paragraph. */
import { useEffect } from 'preact/hooks';
import { listings } from '../../view/address.ts';
import { useKeys } from '../state/keys.ts';
import { BesideSample } from './beside-sample.tsx';
import { MaskList } from './mask-list.tsx';
import { ParagraphList } from './paragraph-list.tsx';
import { Sample } from './sample.tsx';
import { SearchList } from './search-list.tsx';
import { StepList } from './step-list.tsx';
import type { ViewProps } from './view-props.ts';

const lists = { step: StepList, masks: MaskList, search: SearchList, paragraph: ParagraphList };
const names: Readonly<Record<(typeof listings)[number], string>> = { step: 'Step', masks: 'Masks', search: 'Search', paragraph: 'Over steps' };

export function Samples(props: ViewProps) {
  const { run, beside, address, go } = props;
  const List = lists[address.listing];
  const step = address.step ?? run.lastStep;
  useEffect(() => {
    if (address.slot !== null) document.querySelector('.sample')?.scrollTo({ top: 0 });
  }, [address.step, address.slot]);
  const goTo = (next: number) => () => {
    if (run.step(next) !== null) go({ step: next }, 'replace');
  };
  useKeys([
    { keys: ['ArrowLeft', 'h'], does: 'the step before, in the same slot', act: goTo((step ?? 0) - 1) },
    { keys: ['ArrowRight', 'l'], does: 'the next step, in the same slot', act: goTo((step ?? 0) + 1) },
    { keys: ['/'], does: 'search, or filter the list', act: () => focusEntry() },
    { keys: ['f'], does: 'the list of all masks, with filters', act: () => go({ listing: 'masks' }) },
    { keys: ['g'], does: 'search in everything', act: () => go({ listing: 'search' }) },
    { keys: ['p'], does: 'this paragraph over steps', act: () => go({ listing: 'paragraph' }) },
    { keys: ['u'], does: 'the paragraphs of the step', act: () => go({ listing: 'step' }) },
  ]);
  return (
    <section class={`samples ${address.slot === null ? 'choosing' : 'chosen'} ${beside === null ? '' : 'beside'}`} aria-label="Samples">
      <div class="list-pane">
        <nav class="tabs small" aria-label="Lists">
          {listings.map((listing) => (
            <button key={listing} type="button" aria-pressed={address.listing === listing} onClick={() => go({ listing })}>
              {names[listing]}
            </button>
          ))}
        </nav>
        <List {...props} />
      </div>
      <div class="sample-pane">
        {address.slot !== null && (
          <button type="button" class="narrow-only" onClick={() => go({ slot: null, mask: null, prediction: null })}>
            ← list
          </button>
        )}
        <Sample {...props} />
      </div>
      {beside !== null && (
        <div class="sample-pane">
          <BesideSample {...props} beside={beside} />
        </div>
      )}
    </section>
  );
}

function focusEntry(): void {
  document.querySelector<HTMLInputElement>('.list-pane input[type=search]')?.focus();
}
