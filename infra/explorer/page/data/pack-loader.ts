/** Loads the scripts of an exported folder. In: a pack's name. Out: its bytes; the latest are kept. Rejects where there is no such script. */
import { globals } from '../../export-format.ts';
import { LatestCache } from './latest-cache.ts';
import { scriptUrl } from './script-url.ts';

export type LoadPack = (name: string) => Promise<ArrayBuffer>;

/** Packs kept at once, of some megabytes at most. */
const kept = 24;

export function packLoader(): LoadPack {
  const packs = new LatestCache<string, Promise<ArrayBuffer>>(kept);
  const arrived = new Map<string, string>();
  Object.assign(globalThis, { [globals.pack]: (name: string, base64: string) => void arrived.set(name, base64) });
  return (name) => packs.get(name, () => loadScript(`data/${name}.js`).then(() => take(name)));

  function take(name: string): ArrayBuffer {
    const base64 = arrived.get(name);
    if (base64 === undefined) throw new Error(`data/${name}.js brought nothing`);
    arrived.delete(name);
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
  }
}

function loadScript(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = scriptUrl(path.split('/').map(encodeURIComponent).join('/'));
    script.addEventListener('load', () => {
      script.remove();
      resolve();
    });
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error(`${path} is missing`));
    });
    document.head.append(script);
  });
}
