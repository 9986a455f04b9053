/** What commands need of the outside, so that tests can give their own. */
import type { Clock } from '../../operators/ports/clock.ts';
import type { launch } from '../../pipelines/launch.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import type { SignalSource } from './stop-signals.ts';
import type { Terminal } from './terminal.ts';

export interface CliWorld {
  readonly terminal: Terminal;
  /** The working directory. */
  readonly folder: string;
  /** How a person calls this program here, for example `npx pretrainzero`. */
  readonly command: string;
  readonly clock: Clock;
  readonly signals: SignalSource;
  readonly fileSystem: FileSystem;
  /** Variables of the process: OpenTelemetry's say where metrics go. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly launch: typeof launch;
  /** Aborted once the process that started this one as its child is gone; never for any other. */
  readonly orphaned: AbortSignal;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}
