/** What a list of masks is to hold. */
import { maskRejections } from '../../../../schemas/records/mask-rollout.ts';
import { printable } from '../../../shown-text/printable.ts';
import { rejectionWords } from '../../../shown-text/reasons.ts';
import { duplicateChoices, fateChoices, noFilter, outcomes, sortChoices, type MaskFilter } from '../../view/mask-filter.ts';
import { Choice } from '../parts/choice.tsx';
import { Entry } from '../parts/entry.tsx';

const outcomeWords = {
  never: 'never solved',
  some: 'sometimes solved',
  always: 'always solved',
  usable: 'usable',
  paid: 'paid: solved, but not always',
  unusable: 'not usable',
  ...rejectionWords,
} as const;

const fateWords = { kept: 'kept', dropped: 'dropped', 'all-zero': 'dropped: all 0', 'all-one': 'dropped: all 1', 'all-equal': 'dropped: all equal' } as const;
const duplicateWords = { only: 'only repeated texts', first: 'each text once' } as const;
const sortWords = { hardest: 'hardest', 'newly-solved': 'newly solved', strangest: 'strangest: agree on a wrong answer' } as const;

interface FilterFormProps {
  readonly filter: MaskFilter;
  /** Classes that there are. */
  readonly classes: readonly string[];
  readonly change: (filter: MaskFilter) => void;
}

export function FilterForm({ filter, classes, change }: FilterFormProps) {
  const choices = classChoices([...new Set([...classes, ...(filter.spanClass === null ? [] : [filter.spanClass])])]);
  const set = (changes: Partial<MaskFilter>): void => change({ ...filter, ...changes });
  const number = (name: 'fromStep' | 'toStep' | 'minLength' | 'maxLength', label: string) => (
    <Entry label={label} type="number" value={filter[name] === null ? '' : String(filter[name])} change={(text) => set({ [name]: text === '' ? null : Math.max(0, Math.trunc(Number(text))) })} />
  );
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Entry label="Hidden text or title" value={filter.text} change={(text) => set({ text })} />
      <Choice
        label="Role"
        value={filter.role}
        choices={[
          ['predict', 'mask prediction'],
          ['mask', 'mask generation'],
        ]}
        change={(role) => set({ role: role ?? 'predict', outcome: null, ...(reasonOf(filter.spanClass) !== null && { spanClass: null }) })}
      />
      <Choice label="Outcome" value={filter.outcome} any="any" choices={outcomes[filter.role].map((each) => [each, outcomeWords[each]])} change={(outcome) => set({ outcome })} />
      <Choice label="Group" value={filter.fate} any="kept or dropped" choices={fateChoices.map((each) => [each, fateWords[each]])} change={(fate) => set({ fate })} />
      <Choice label="Class" value={filter.spanClass} any="any" choices={choices} change={(spanClass) => set({ spanClass, ...(reasonOf(spanClass) !== null && filter.role === 'predict' && { role: 'mask', outcome: null }) })} />
      <Choice label="Sort" value={filter.sort} any="by step" choices={sortChoices.map((each) => [each, sortWords[each]])} change={(sort) => set({ sort })} />
      <Choice label="Duplicates" value={filter.duplicates} any="all" choices={duplicateChoices.map((each) => [each, duplicateWords[each]])} change={(duplicates) => set({ duplicates })} />
      {number('fromStep', 'From step')}
      {number('toStep', 'to step')}
      {number('minLength', 'From letters')}
      {number('maxLength', 'to letters')}
      <button type="button" onClick={() => change(noFilter)}>
        Clear
      </button>
    </form>
  );
}

/** Classes of hidden texts, then why some masks could not be used: such masks have a generation alone. */
function classChoices(classes: readonly string[]): (readonly [value: string, words: string])[] {
  const hidden = classes.filter((name) => reasonOf(name) === null).sort();
  const reasons = classes.flatMap((name) => reasonOf(name) ?? []).sort();
  return [...hidden.map((name) => [name, printable(name)] as const), ...reasons.map((reason) => [reason, `unusable: ${rejectionWords[reason]}`] as const)];
}

function reasonOf(spanClass: string | null): (typeof maskRejections)[number] | null {
  return maskRejections.find((reason) => reason === spanClass) ?? null;
}
