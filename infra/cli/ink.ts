/** Colour on a terminal. In: whether there may be any. Out: functions of text, each the identity where not. Nothing can go wrong. */

export interface Ink {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly inverse: (text: string) => string;
}

export function inkOf(color: boolean): Ink {
  const paint = (on: number, off: number) => (color ? (text: string) => `\u001b[${on}m${text}\u001b[${off}m` : (text: string) => text);
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
    inverse: paint(7, 27),
  };
}
