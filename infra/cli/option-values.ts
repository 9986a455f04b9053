/** Values of options. In: what was typed. Out: the value. Can go wrong: InvalidArgumentError, which says what it must be. */
import { InvalidArgumentError } from 'commander';
import { roles, type Role } from '../../schemas/records/scored-group.ts';

/** The one place for samples beside a run's folder. */
export function kafka(value: string): 'kafka' {
  if (value !== 'kafka') throw new InvalidArgumentError('It must be kafka.');
  return value;
}

export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

export function portNumber(text: string): number {
  const value = wholeNumber(text);
  if (value > 65_535) throw new InvalidArgumentError('It must be at most 65535.');
  return value;
}

export function aboveZero(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('It must be 1 or more.');
  return value;
}

export function roleOf(text: string): Role {
  const role = roles.find((each) => each === text);
  if (role === undefined) throw new InvalidArgumentError(`It must be ${roles.join(' or ')}.`);
  return role;
}
