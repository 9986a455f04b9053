/** In: any text. Out: NFC, single spaces, no control or invisible characters, no space at the ends. Never throws. */
export function normaliseText(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000E-\u001F\u007F\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE0F\uFEFF]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');
}
