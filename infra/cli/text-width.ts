/** How much room text takes. In: text that may hold colours. Out: its width, or the text made to fit. Nothing can go wrong. */

const colorCode = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
/** East Asian wide and full-width letters, and emoji, take two columns. */
const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const withoutWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that the text takes. */
export function textWidth(text: string): number {
  return Array.from(text.replace(colorCode, '')).reduce((sum, letter) => sum + letterWidth(letter), 0);
}

function letterWidth(letter: string): number {
  if (withoutWidth.test(letter)) return 0;
  return wide.test(letter) ? 2 : 1;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - textWidth(text))) + text;
}

/** The text, or as much of its beginning as fits with an ellipsis; colours stay, and end with it. */
export function fit(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let [kept, used] = ['', 0];
  for (const part of text.split(new RegExp(`(${colorCode.source})`))) {
    if (part.startsWith('\u001b')) kept += part;
    else {
      for (const letter of part) {
        if (used + letterWidth(letter) > columns - 1) break;
        used += letterWidth(letter);
        kept += letter;
      }
      if (used >= columns - 1) used = columns;
    }
  }
  return `${kept}…`;
}

/** Lines of at most `columns`, broken at spaces; a word longer than a line is cut. Line breaks in the text stay. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ').flatMap((each) => cut(each, columns))) {
      const longer = current === '' ? word : `${current} ${word}`;
      if (current !== '' && textWidth(longer) > columns) {
        lines.push(current);
        current = word;
      } else current = longer;
    }
    return [...lines, current];
  });
}

/** The parts one after the other, each whole; those that no longer fit go to further lines, which begin under the first part. */
export function flow(label: string, parts: readonly string[], separator: string, columns: number): string[] {
  const lines: string[] = [];
  let current = label;
  for (const [i, part] of parts.entries()) {
    const longer = i === 0 ? label + part : current + separator + part;
    if (i > 0 && textWidth(longer) > columns) {
      lines.push(current);
      current = ' '.repeat(textWidth(label)) + part;
    } else current = longer;
  }
  return [...lines, current];
}

function cut(word: string, columns: number): string[] {
  if (textWidth(word) <= columns) return [word];
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (textWidth(part + letter) > columns) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part];
}
