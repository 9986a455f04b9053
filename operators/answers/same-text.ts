/** Answers in words. In: two texts. Out: whether they are the same but for case, white space, quotation marks, `\text{}` and a full stop. Pure. */

export function isSameText(a: string, b: string): boolean {
  const [left, right] = [plainText(a), plainText(b)];
  return left !== '' && left === right;
}

export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\\text\s*\{([^{}]*)\}/g, '$1')
    .replace(/["'“”‘’`$]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!]$/, '')
    .toLowerCase();
}
