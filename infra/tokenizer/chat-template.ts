/**
 * In: a model's chat template (Jinja) and its special tokens. Out: a function that renders messages, with the opening of the
 * reply. Wrong: MODEL_UNSUPPORTED where the template cannot be parsed or rendered.
 */
import { Template } from '@huggingface/jinja';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';

export type RenderChat = NonNullable<Tokenizer['chat']>;

/**
 * Some templates write today's date into the prompt. A prompt must not depend on the day, so they get this one, which the templates
 * of Llama 3 fall back to themselves.
 */
const fixedDate: Readonly<Record<string, string>> = {
  '%d': '26',
  '%m': '07',
  '%b': 'Jul',
  '%B': 'July',
  '%y': '24',
  '%Y': '2024',
  '%a': 'Fri',
  '%A': 'Friday',
  '%H': '00',
  '%M': '00',
  '%S': '00',
};

/** Shadows the built-in function; the empty expression keeps a line break at the template's start. */
const useFixedDate = "{% set strftime_now = fixed_date %}{{ '' }}";

/**
 * @param specialTokens `bos_token`, `eos_token` and so on, as text
 * @throws MODEL_UNSUPPORTED
 */
export function chatTemplate(source: string, specialTokens: Readonly<Record<string, string>>, file: string): RenderChat {
  const template = guarded(file, () => new Template(useFixedDate + source));
  return (messages) =>
    guarded(file, () =>
      template.render({
        ...specialTokens,
        messages: messages.map(({ role, content }) => ({ role, content })),
        add_generation_prompt: true,
        fixed_date: (format: string) => format.replaceAll(/%[a-zA-Z]/gu, (field) => fixedDate[field] ?? field),
      }),
    );
}

function guarded<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PretrainZeroError('MODEL_UNSUPPORTED', `The chat template fails: ${why}`, { file, key: 'chat_template' }, cause);
  }
}
