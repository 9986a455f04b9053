/** What a list of masks is to hold. */
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
  /** Classes of hidden texts that there are. */
  readonly classes: readonly string[];
  readonly change: (filter: MaskFilter) => void;
}

export function FilterForm({ filter, classes, change }: FilterFormProps) {
  const choices = [...new Set([...classes, ...(filter.spanClass === null ? [] : [filter.spanClass])])].sort();
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
        change={(role) => set({ role: role ?? 'predict', outcome: null })}
      />
      <Choice label="Outcome" value={filter.outcome} any="any" choices={outcomes[filter.role].map((each) => [each, outcomeWords[each]])} change={(outcome) => set({ outcome })} />
      <Choice label="Group" value={filter.fate} any="kept or dropped" choices={fateChoices.map((each) => [each, fateWords[each]])} change={(fate) => set({ fate })} />
      <Choice label="Class" value={filter.spanClass} any="any" choices={choices.map((name) => [name, name])} change={(spanClass) => set({ spanClass })} />
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
