/**
 * `pretrainzero explore`. In: folders of runs and evaluations. Out: a page on loopback that shows them until a signal comes, or, with `export`, a folder that opens without a server. Fails with
 * RUN_NOT_FOUND, USAGE, and what writing the folder throws.
 */
import { resolve } from 'node:path';
import { onRead } from '../file-system/file-error.ts';
import { exportExplorer } from '../explorer/export-explorer.ts';
import { namedFolders } from '../explorer/named-folders.ts';
import { pageAssets } from '../explorer/page-assets.ts';
import { startExploreServer } from '../explorer/server/explore-server.ts';
import { bytes, count } from './amounts.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';
import { runLabels } from './run-labels.ts';
import { listenForStop } from './stop-signals.ts';

export interface ExploreOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Whether the page is opened in a browser. */
  readonly open: boolean;
  /** A new folder to export to, in place of a server. */
  readonly export?: string;
  /** Classes of the corpus's spans. */
  readonly labels?: string;
}

/** @param openPage shows an address to the person. */
export async function exploreCommand(directories: readonly string[], options: ExploreOptions, world: CliWorld, openPage: (url: string) => void): Promise<number> {
  const { terminal, fileSystem, folder } = world;
  const { runs, evaluations } = await onRead(directories[0] ?? '', () => namedFolders(fileSystem, folder, directories));
  const labels = await runLabels(runs, options.labels ?? null, world);
  const assets = pageAssets();
  if (options.export !== undefined) {
    const target = resolve(folder, options.export);
    const exported = await exportExplorer({ fileSystem, runs, evaluations, labels, assets, target });
    terminal.write(`${count(exported.files)} files, ${bytes(exported.bytes)}; open ${resolve(target, 'index.html')}\n`);
    return exitCodes.ok;
  }
  const server = await startExploreServer({ runs, evaluations, labels, port: options.port, assets });
  const stopped = new Promise<void>((stop) => {
    const signals = listenForStop(world.signals, world.clock, {
      first: () => {
        signals.close();
        stop();
      },
      second: () => undefined,
    });
  });
  terminal.write(`${[...runs.keys(), ...evaluations.keys()].join(', ')} at ${server.url}\nCtrl-C ends it.\n`);
  if (options.open) openPage(server.url);
  await stopped;
  await server.close();
  return exitCodes.ok;
}
