import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../../infra/setup/package-root.ts';

test('the package root holds what the package ships, and is not the build folder', () => {
  assert.ok(existsSync(join(packageRoot(), 'package.json')));
  assert.ok(existsSync(join(packageRoot(), 'pipelines', 'prompts', 'short@1.mask.txt')));
});
