import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ESLint, Linter } from 'eslint';
import { packageRoot } from '../../../infra/setup/package-root.ts';

const eslint = new ESLint({ cwd: packageRoot() });

/** Whether the project's own linter config refuses the import in that file. */
async function isRefused(file: string, imported: string): Promise<boolean> {
  const config = (await eslint.calculateConfigForFile(join(packageRoot(), file))) as { rules: Linter.RulesRecord };
  const rule = config.rules['no-restricted-imports'];
  const messages = new Linter().verify(`import '${imported}';`, [{ rules: rule === undefined ? {} : { 'no-restricted-imports': rule } }]);
  return messages.length > 0;
}

const refused = [
  ['schemas/records/paragraph.ts', '../../operators/flow/seeds.ts'],
  ['operators/flow/credits.ts', '../../infra/clock/system-clock.ts'],
  ['operators/rollouts/generate-masks.ts', '../../pipelines/launch.ts'],
  ['infra/engine/tfjs/tfjs-engine.ts', '../../../pipelines/launch.ts'],
  ['infra/config/load-config.ts', '../cli/terminal.ts'],
  ['pipelines/launch.ts', '../infra/cli/terminal.ts'],
  ['pipelines/launch.ts', '../tests/stub-engine.ts'],
] as const;

const allowed = [
  ['operators/flow/credits.ts', '../../schemas/field.ts'],
  ['infra/engine/tfjs/tfjs-engine.ts', '../../../operators/ports/engine.ts'],
  ['infra/cli/run-command.ts', '../../pipelines/launch.ts'],
  ['pipelines/launch.ts', '../infra/clock/system-clock.ts'],
] as const;

describe('dependency arrows', () => {
  for (const [file, imported] of refused) {
    test(`${file} may not import ${imported}`, async () => assert.equal(await isRefused(file, imported), true));
  }
  for (const [file, imported] of allowed) {
    test(`${file} may import ${imported}`, async () => assert.equal(await isRefused(file, imported), false));
  }
});
