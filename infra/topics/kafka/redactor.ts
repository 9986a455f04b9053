/** Keeps secrets out of texts. In: secrets, as they are learned. Out: a function of text that puts `[secret]` in their place, also where they are written in base64, JSON or an address. Nothing can go wrong. */

export interface Redactor {
  /** From here on `redact` hides it. */
  learn(secret: string): void;
  redact(text: string): string;
}

const mark = '[secret]';

export function createRedactor(): Redactor {
  let forms: readonly string[] = [];
  return {
    learn(secret) {
      const all = new Set([...forms, ...formsOf(secret)]);
      all.delete('');
      forms = [...all].sort((a, b) => b.length - a.length); // a secret may be part of another's form
    },
    redact: (text) => forms.reduce((left, form) => left.replaceAll(form, mark), text),
  };
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  const url = Buffer.from(secret).toString('base64url');
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), base64, base64.replace(/=+$/u, ''), url];
}
