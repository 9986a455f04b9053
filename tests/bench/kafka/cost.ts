/** What a piece of work costs this process. */
export interface Cost {
  readonly seconds: number;
  readonly processorSeconds: number;
}

export const boundless: Cost = { seconds: Infinity, processorSeconds: Infinity };

/** Out: what was spent since. */
export function startCost(): () => Cost {
  const started = performance.now();
  const usage = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(usage);
    return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 };
  };
}

/** The least of several rounds: the machine does other things. */
export function least(a: Cost, b: Cost): Cost {
  return { seconds: Math.min(a.seconds, b.seconds), processorSeconds: Math.min(a.processorSeconds, b.processorSeconds) };
}
