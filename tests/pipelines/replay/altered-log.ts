/** Logs in memory with one thing altered, for tests: a log of a run on disk is read once and handed out with the change. */
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { openStepLog } from '../../../infra/sample-log/open-step-log.ts';
import type { LoggedStep, StepLog } from '../../../operators/ports/step-log.ts';
import type { TableName } from '../../../operators/replay/logged-tables.ts';
import type { Field } from '../../../schemas/field.ts';

/** A log whose steps are read once. */
export async function rememberedLog(directory: string): Promise<StepLog & { readonly all: readonly LoggedStep[] }> {
  const log = await openStepLog(nodeFileSystem, directory);
  const all: LoggedStep[] = [];
  for (const { step } of log.steps) all.push(await log.read(step));
  return { ...log, all, read: (step) => Promise.resolve(all[step - 1]!) };
}

/** The log with other rows in one table of one step. */
export function withRows(log: StepLog, step: number, table: TableName, change: (rows: readonly object[]) => readonly object[]): StepLog {
  return {
    ...log,
    read: async (wanted) => {
      const read = await log.read(wanted);
      return wanted === step ? { ...read, tables: { ...read.tables, [table]: change(read.tables[table]) } } : read;
    },
  };
}

/** The log with one field of one row set to another value of its kind. */
export function withAlteredField(log: StepLog, step: number, table: TableName, row: number, field: string, alter: (value: unknown) => unknown): StepLog {
  return withRows(log, step, table, (rows) => rows.map((value, at) => (at === row ? { ...value, [field]: alter((value as Record<string, unknown>)[field]) } : value)));
}

/** Another value of a field. @param draw uniform in [0, 1) */
export function otherValue(field: Field, value: unknown, draw: () => number): unknown {
  const pick = (count: number): number => Math.floor(draw() * count);
  switch (field.type) {
    case 'utf8':
      return draw() < 0.5 ? `${value as string}x` : `y${value as string}`;
    case 'bool':
      return value !== true;
    case 'int32':
    case 'int53':
      return (value as number) + (draw() < 0.5 ? 1 : -1);
    case 'float32':
      return Number.isNaN(value) ? -0.25 : Math.fround((value as number) - 0.125);
    case 'float64':
      return (value as number) + 0.125;
    case 'enum': {
      const others = field.values.filter((other) => other !== value);
      return others[pick(others.length)];
    }
    case 'nullable':
      if (value === null) return someValue(field.of);
      return draw() < 0.3 ? null : otherValue(field.of, value, draw);
    case 'list': {
      const values = value as readonly unknown[];
      if (values.length === 0) return [someValue(field.of)];
      const at = pick(values.length);
      return draw() < 0.3 ? values.filter((_, i) => i !== at) : values.map((each, i) => (i === at ? otherValue(field.of, each, draw) : each));
    }
    case 'struct': {
      const names = Object.keys(field.fields);
      const name = names[pick(names.length)]!;
      return { ...(value as object), [name]: otherValue(field.fields[name]!, (value as Record<string, unknown>)[name], draw) };
    }
  }
}

function someValue(field: Field): unknown {
  switch (field.type) {
    case 'utf8':
      return 'something';
    case 'bool':
      return true;
    case 'enum':
      return field.values[0];
    case 'nullable':
      return someValue(field.of);
    case 'list':
      return [];
    case 'struct':
      return Object.fromEntries(Object.entries(field.fields).map(([name, inner]) => [name, someValue(inner)]));
    default:
      return 1;
  }
}
