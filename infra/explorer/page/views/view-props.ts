import type { Address } from '../../view/address.ts';
import type { RunData } from '../data/run-data.ts';
import type { Go } from '../state/navigation.ts';

/** What every view is given. */
export interface ViewProps {
  readonly run: RunData;
  readonly beside: RunData | null;
  readonly address: Address;
  readonly go: Go;
}
