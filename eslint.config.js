import tseslint from 'typescript-eslint';

const noImportFrom = (folders, message) => ({
  'no-restricted-imports': ['error', { patterns: folders.map((f) => ({ group: [`**/${f}/**`], message })) }],
});

export default tseslint.config(
  { ignores: ['.cache/', 'dist/', 'node_modules/', 'runs/', '**/*.mjs', 'eslint.config.js'] },
  tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
  // The arrows of ARCHITECTURE.md: pipelines -> operators -> schemas; infra implements the ports of operators.
  { files: ['schemas/**'], rules: noImportFrom(['operators', 'pipelines', 'infra', 'tests'], 'schemas import nothing of ours') },
  { files: ['operators/**'], rules: noImportFrom(['pipelines', 'infra', 'tests'], 'operators import only schemas') },
  {
    files: ['infra/**'],
    ignores: ['infra/cli/**'],
    rules: noImportFrom(['pipelines', 'cli', 'tests'], 'only pipelines and infra/cli know which implementation is used'),
  },
  { files: ['pipelines/**'], rules: noImportFrom(['cli', 'tests'], 'pipelines are called by the CLI, not the other way') },
  {
    files: ['tests/**'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'describe', 'it', 'before', 'after', 'beforeEach', 'afterEach'] }] }] },
  },
);
