/** Where the page is. The address after `#` is the one truth: it survives a reload, and Back goes back. */
import { useEffect, useState } from 'preact/hooks';
import { home, readAddress, writeAddress, type Address } from '../../view/address.ts';

export type Go = (changes: Partial<Address>, how?: 'push' | 'replace') => void;

/** Told of a change made here at once: the browser tells of it only after keys that are pressed meanwhile. */
const listeners = new Set<() => void>();

/** @returns the address as it stands, and what changes it. */
export function useAddress(): readonly [Address, Go] {
  const [address, setAddress] = useState(() => readAddress(location.hash));
  useEffect(() => {
    const listener = (): void => setAddress(readAddress(location.hash));
    listeners.add(listener);
    addEventListener('hashchange', listener);
    return () => {
      listeners.delete(listener);
      removeEventListener('hashchange', listener);
    };
  }, []);
  return [address, go];
}

/** Changes parts of the address that is there. */
export const go: Go = (changes, how = 'push') => {
  const hash = hrefOf({ ...readAddress(location.hash), ...changes });
  if (how === 'replace') location.replace(hash);
  else location.hash = hash;
  for (const listener of listeners) listener();
};

export function hrefOf(address: Address): string {
  return writeAddress(address);
}

/** Of a sample: nothing of lists and filters, so that the link is short and lasts. */
export function sampleHref({ run, beside }: Address, place: Pick<Address, 'step' | 'slot'> & Partial<Pick<Address, 'mask' | 'prediction'>>): string {
  return writeAddress({ ...home, view: 'samples', run, beside, ...place });
}

/** Of an answer to a benchmark's question, or of the question where no sample is named. */
export function questionHref(place: Pick<Address, 'evaluation' | 'batch' | 'item' | 'sample'>): string {
  return writeAddress({ ...home, view: 'benchmarks', ...place });
}
