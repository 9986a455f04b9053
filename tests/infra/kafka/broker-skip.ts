/** Whether tests that need a real broker are left out: what is missing is said, and loudly. */
import { spawnSync } from 'node:child_process';
import { findJava } from '../../../infra/kafka/find-java.ts';

/** @param programs further ones that the tests call @returns why, or false where all is there */
export function brokerSkip(programs: readonly string[] = []): string | false {
  const missing = [...withoutJava(), ...programs.filter((program) => spawnSync(program, ['version'], { stdio: 'ignore' }).error !== undefined).map((program) => `${program} is not there`)];
  if (missing.length === 0) return false;
  const why = `NOT TESTED against a real broker: ${missing.join('; ')}`;
  console.error(why);
  return why;
}

function withoutJava(): string[] {
  try {
    findJava({ environment: process.env });
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
