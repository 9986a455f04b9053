/** The data dictionary of a run's tables and of an evaluation's, from their definitions. Out: Markdown, `notebooks/data-dictionary.md`. Nothing can go wrong. */
import type { Field, Fields } from '../../schemas/field.ts';
import type { RecordDefinition } from '../../schemas/record-definition.ts';
import { stepTiming } from '../../schemas/records/step-timing.ts';
import { layout } from '../checkpoints/run-layout.ts';
import { answersTable } from '../evaluations/evaluation-layout.ts';
import { logTables } from './log-tables.ts';

const opening = `# Data dictionary

Every table of a run's folder, and at the end that of an evaluation's (\`pretrainzero evaluate\`). It is printed by \`npx pretrainzero schema --tables\`, from the definitions that the log is written by.

- A table is a folder with a Parquet file a step, \`step=000010.parquet\`; a step without rows of a table has no file there; an evaluation's answers are in files of whole questions, \`part-000000.parquet\`. \`${layout.timings}\` is a line of JSON a step.
- Types are those of the table below. Each but those with \`?\` always has a value. \`[]\` in a column's name is an element of a list, \`.\` a field of it.
- Tables are joined by their ids: \`paragraphId\` is the \`id\` of a paragraph, \`maskRolloutId\` of a mask rollout, \`passageId\` of a masked passage; \`rolloutIds\` of a group are its rollouts'.
- Offsets count UTF-16 code units, as JavaScript and Java do; in Python, \`text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le")\` cuts by them.
- The file's metadata has the definition too: keys \`pretrainzero.record\`, \`pretrainzero.version\` and \`pretrainzero.definition\` (JSON). A version is raised by one on every change of the columns.

| Type | Parquet | Values |
| --- | --- | --- |
| text | BYTE_ARRAY, UTF8 | Unicode |
| bool | BOOLEAN | |
| int32 | INT32 | |
| int53 | INT64 | whole numbers up to 2^53, so that JavaScript holds them exactly |
| float32, float64 | FLOAT, DOUBLE | |
| one of | BYTE_ARRAY, UTF8 | the values named |
| list | three-level LIST | |
| struct | group | |
`;

interface Table {
  readonly place: string;
  readonly definition: RecordDefinition;
}

export function dataDictionary(): string {
  const tables: Table[] = [...logTables.map(({ folder, definition }) => ({ place: `${folder}/`, definition })), { place: layout.timings, definition: stepTiming }, { place: `${answersTable.folder}/`, definition: answersTable.definition }];
  return [opening, ...tables.map(tableSection)].join('\n');
}

function tableSection({ place, definition }: Table): string {
  const { name, version, doc, fields } = definition;
  const rows = columnsOf(fields).map(({ path, type, unit, doc: meaning }) => `| \`${path}\` | ${type} | ${unit} | ${meaning} |\n`);
  return `## \`${place}\`\n\n${doc} Record \`${name}\`, version ${version}.\n\n| Column | Type | Unit | Meaning |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

export interface DictionaryColumn {
  readonly path: string;
  /** With `?` where it may be null. */
  readonly type: string;
  /** Empty where it is no number. */
  readonly unit: string;
  readonly doc: string;
}

/** The columns with what they hold within, depth first. */
export function columnsOf(fields: Fields, prefix = ''): DictionaryColumn[] {
  return Object.entries(fields).flatMap(([name, field]) => columnOf(`${prefix}${name}`, field));
}

function columnOf(path: string, field: Field, nullable = ''): DictionaryColumn[] {
  const column = (type: string, unit = ''): DictionaryColumn => ({ path, type: `${type}${nullable}`, unit, doc: field.doc.replaceAll('|', '\\|') });
  switch (field.type) {
    case 'nullable':
      return columnOf(path, field.of, '?');
    case 'list':
      return [column('list'), ...columnOf(`${path}[]`, field.of)];
    case 'struct':
      return [column('struct'), ...columnsOf(field.fields, `${path}.`)];
    case 'enum':
      return [column(`one of ${field.values.map((value) => `\`${value}\``).join(', ')}`)];
    case 'utf8':
      return [column('text')];
    case 'bool':
      return [column('bool')];
    default:
      return [column(field.type, field.unit)];
  }
}
