/** A piece of a parsed frame. */
export type FramePart =
  | { part: 'words'; text: string }
  | { part: 'choice'; options: string[] }
  | { part: 'name'; mayRefer: boolean; possessive: boolean }
  | { part: 'fact'; key: string; form: string }
  | { part: 'draw'; kind: string };

const TOKEN = /\[([^\]]*)\]|\{#([a-z-]+)\}|\{([a-zA-Z]+)(?:~([a-z]+))?\}|([@$])('s)?/g;
const cache = new Map<string, FramePart[]>();

/** In: a frame as topics write it. Out: its parts, in order. */
export function parseFrame(frame: string): FramePart[] {
  const known = cache.get(frame);
  if (known) return known;
  const parts: FramePart[] = [];
  let end = 0;
  for (const match of frame.matchAll(TOKEN)) {
    if (match.index > end) parts.push({ part: 'words', text: frame.slice(end, match.index) });
    end = match.index + match[0].length;
    const [, options, draw, key, form, name, possessive] = match;
    if (options !== undefined) parts.push({ part: 'choice', options: options.split('|') });
    else if (draw !== undefined) parts.push({ part: 'draw', kind: draw });
    else if (key !== undefined) parts.push({ part: 'fact', key, form: form ?? 'same' });
    else parts.push({ part: 'name', mayRefer: name === '$', possessive: possessive !== undefined });
  }
  if (end < frame.length) parts.push({ part: 'words', text: frame.slice(end) });
  cache.set(frame, parts);
  return parts;
}

/** The facts that a frame needs. */
export function frameKeys(frame: string): Set<string> {
  return new Set(parseFrame(frame).flatMap((part) => (part.part === 'fact' && part.key !== 'name' ? [part.key] : [])));
}

/** Whether a reader of the frame alone learns whom it is about. */
export function namesSubject(frame: string): boolean {
  return parseFrame(frame).some((part) => part.part === 'name');
}
