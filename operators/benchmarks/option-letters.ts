/** The options of a multiple choice. In: their texts. Out: lines with letters, A first; and the letter of a place. Pure. */

export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** @param mark what follows the letter, for example `. ` */
export function optionLines(options: readonly string[], mark: string): string {
  return options.map((option, i) => `${letterOf(i)}${mark}${option}`).join('\n');
}
