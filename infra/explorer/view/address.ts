/**
 * What the page shows, as the part of its address after `#`, so that a link leads there again. In: an address, or the text after `#`. Out: the other. A text that
 * somebody else wrote is read field by field; what it does not say, or says wrongly, is as in `home`. Nothing can go wrong.
 */
import { roles } from '../../../schemas/records/scored-group.ts';
import { answerOutcomes, answerSorts, noAnswerFilter, type AnswerFilter } from './answer-filter.ts';
import { duplicateChoices, fateChoices, noFilter, outcomes, sortChoices, type MaskFilter } from './mask-filter.ts';

export const views = ['curves', 'samples', 'evaluations', 'letters', 'benchmarks'] as const;
export const listings = ['step', 'masks', 'search', 'paragraph'] as const;

export interface Address {
  readonly view: (typeof views)[number];
  /** Name of the run; empty for the first. */
  readonly run: string;
  /** The run beside it. */
  readonly beside: string | null;
  readonly step: number | null;
  readonly slot: number | null;
  readonly mask: number | null;
  /** Place of a prediction in its group. */
  readonly prediction: number | null;
  /** What the list of samples lists. */
  readonly listing: (typeof listings)[number];
  readonly filter: MaskFilter;
  /** Sought in everything. */
  readonly search: string;
  /** Of evaluations. */
  readonly kind: 'cloze' | 'mask-probe';
  readonly spanClass: string | null;
  readonly right: 'right' | 'wrong' | null;
  /** Of the questions of benchmarks. */
  readonly answers: AnswerFilter;
  /** Name of the evaluation whose question is shown, the part that has it, and its id. */
  readonly evaluation: string | null;
  readonly batch: number | null;
  readonly item: string | null;
  /** Sample of the question. */
  readonly sample: number | null;
}

export const home: Address = {
  view: 'curves',
  run: '',
  beside: null,
  step: null,
  slot: null,
  mask: null,
  prediction: null,
  listing: 'step',
  filter: noFilter,
  search: '',
  kind: 'cloze',
  spanClass: null,
  right: null,
  answers: noAnswerFilter,
  evaluation: null,
  batch: null,
  item: null,
  sample: null,
};

export function readAddress(text: string): Address {
  const query = new URLSearchParams(text.replace(/^#/, ''));
  const role = oneOf(query.get('role'), roles) ?? noFilter.role;
  return {
    view: oneOf(query.get('view'), views) ?? home.view,
    run: query.get('run') ?? home.run,
    beside: query.get('beside'),
    step: whole(query.get('step')),
    slot: whole(query.get('slot')),
    mask: whole(query.get('mask')),
    prediction: whole(query.get('prediction')),
    listing: oneOf(query.get('list'), listings) ?? home.listing,
    filter: {
      role,
      outcome: oneOf(query.get('outcome'), outcomes[role]),
      fate: oneOf(query.get('fate'), fateChoices),
      spanClass: query.get('of'),
      fromStep: whole(query.get('from')),
      toStep: whole(query.get('to')),
      minLength: whole(query.get('min')),
      maxLength: whole(query.get('max')),
      duplicates: oneOf(query.get('duplicates'), duplicateChoices),
      text: query.get('text') ?? '',
      sort: oneOf(query.get('sort'), sortChoices),
    },
    search: query.get('search') ?? '',
    kind: oneOf(query.get('kind'), ['cloze', 'mask-probe']) ?? home.kind,
    spanClass: query.get('class'),
    right: oneOf(query.get('right'), ['right', 'wrong']),
    answers: {
      benchmark: query.get('benchmark'),
      evaluation: query.get('within'),
      category: query.get('category'),
      outcome: oneOf(query.get('answered'), answerOutcomes),
      text: query.get('asked') ?? '',
      sort: oneOf(query.get('order'), answerSorts),
    },
    evaluation: query.get('evaluation'),
    batch: whole(query.get('batch')),
    item: query.get('item'),
    sample: whole(query.get('sample')),
  };
}

export function writeAddress(address: Address): string {
  const { filter, answers } = address;
  const fields: readonly (readonly [name: string, value: string | number | null])[] = [
    ['view', address.view],
    ['run', address.run],
    ['beside', address.beside],
    ['step', address.step],
    ['slot', address.slot],
    ['mask', address.mask],
    ['prediction', address.prediction],
    ['list', unless(address.listing, home.listing)],
    ['role', unless(filter.role, noFilter.role)],
    ['outcome', filter.outcome],
    ['fate', filter.fate],
    ['of', filter.spanClass],
    ['from', filter.fromStep],
    ['to', filter.toStep],
    ['min', filter.minLength],
    ['max', filter.maxLength],
    ['duplicates', filter.duplicates],
    ['text', filter.text],
    ['sort', filter.sort],
    ['search', address.search],
    ['kind', unless(address.kind, home.kind)],
    ['class', address.spanClass],
    ['right', address.right],
    ['benchmark', answers.benchmark],
    ['within', answers.evaluation],
    ['category', answers.category],
    ['answered', answers.outcome],
    ['asked', answers.text],
    ['order', answers.sort],
    ['evaluation', address.evaluation],
    ['batch', address.batch],
    ['item', address.item],
    ['sample', address.sample],
  ];
  const given = fields.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, String(value)] satisfies [string, string]]));
  return `#${new URLSearchParams(given).toString()}`;
}

function oneOf<const T extends string>(value: string | null, choices: readonly T[]): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

function whole(value: string | null): number | null {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function unless(value: string, usual: string): string | null {
  return value === usual ? null : value;
}
