/**
 * In: `short`, `full` or `question` and the model's tokenizer. Out: the prompt template, from the versioned files in `pipelines/prompts/`. A change of
 * wording is a new file with the next version, so that a log tells which words were used. Fails with CONFIG_NOT_FOUND.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../infra/setup/package-root.ts';
import type { Tokenizer } from '../operators/ports/tokenizer.ts';
import type { PromptTemplate } from '../operators/rollouts/prompt-template.ts';
import { createTextPromptTemplate } from '../operators/rollouts/text-prompt-template.ts';
import type { Config } from '../schemas/config/config.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';

export type PromptTemplateKind = Config['rollouts']['promptTemplate'];

/** `masks`: whose words ask for masks and next tokens; post-training asks for neither. */
const versions: Record<PromptTemplateKind, { readonly name: string; readonly chat: boolean; readonly masks?: string }> = {
  short: { name: 'short@1', chat: false },
  full: { name: 'full@1', chat: true },
  question: { name: 'question@1', chat: true, masks: 'full@1' },
};

/** @param wanted name and version that a log was written with. @default the newest */
export async function loadPromptTemplate(kind: PromptTemplateKind, tokenizer: Tokenizer, wanted?: string): Promise<PromptTemplate> {
  const { name: newest, chat, masks } = versions[kind];
  const name = wanted?.startsWith(`${kind}@`) === true && /@\d+$/.test(wanted) ? wanted : newest;
  const [mask, prediction, nextToken] = await Promise.all([readTemplate(`${masks ?? name}.mask.txt`), readTemplate(`${name}.prediction.txt`), readTemplate(`${masks ?? name}.next-token.txt`)]);
  return createTextPromptTemplate({ name, mask, prediction, nextToken, chat }, tokenizer);
}

async function readTemplate(fileName: string): Promise<string> {
  const file = join(packageRoot(), 'pipelines', 'prompts', fileName);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new PretrainZeroError('CONFIG_NOT_FOUND', 'the prompt template cannot be read', { file }, cause);
  }
}
