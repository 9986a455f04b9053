/**
 * A real Kafka broker of one node, on loopback, as a child of this process. In: a folder of its own, and what it should be like. Out: a handle on it, once topics can be created. What
 * it keeps lies in the folder and outlives it. Fails with JAVA_MISSING, NETWORK_FAILED, PORT_TAKEN, BROKER_FAILED, DISK_FULL, NOT_WRITABLE.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { writeFile } from '../file-system/write-file.ts';
import { onFile } from '../file-system/file-error.ts';
import { brokerFiles, brokerSettings, loggingSettings, type BrokerPlan, type ListenerProtocol } from './broker-files.ts';
import { thisMachine, type BrokerMachine } from './broker-machine.ts';
import { formatStorage, type ScramUser } from './format-storage.ts';
import { freePort } from './free-port.ts';
import { kafkaJvm, type Jvm } from './jvm.ts';
import { launchBroker } from './launch-broker.ts';

export interface BrokerOptions {
  readonly folder: string;
  /** @default a free one */
  readonly port?: number;
  /** Java's heap. @default 256 */
  readonly memoryMb?: number;
  /** Kafka's own settings, for example `group.min.session.timeout.ms`; they go before ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Listeners beside the one without encryption: name (upper case) -> protocol. */
  readonly listeners?: Readonly<Record<string, ListenerProtocol>>;
  /** Who can prove themselves with SCRAM; taken in when the folder is new. */
  readonly scram?: readonly ScramUser[];
}

export interface Broker {
  /** host:port of the listener without encryption, as clients take it. */
  readonly brokers: string[];
  /** host:port by name of listener; the one without encryption is PLAINTEXT. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Of the process that runs, or ran last. */
  readonly pid: number;
  readonly logFile: string;
  /** Ends it as it should be ended, and waits. No-op where it does not run. */
  stop(): Promise<void>;
  /** SIGKILL, and waits until it is gone. No-op where it does not run. */
  kill(): Promise<void>;
  /** Starts it again at the same addresses with the same data, having stopped it where it runs. */
  restart(): Promise<void>;
}

/** @throws JAVA_MISSING, NETWORK_FAILED, PORT_TAKEN, BROKER_FAILED, DISK_FULL, NOT_WRITABLE */
export async function startBroker(options: BrokerOptions, machine: BrokerMachine = thisMachine): Promise<Broker> {
  const { folder, memoryMb = 256, scram } = options;
  const jvm = await kafkaJvm(machine);
  const plan = await planBroker(options);
  await writeBrokerFiles(plan, machine);
  await formatStorage(folder, jvm, scram);
  return brokerOf(plan, jvm, memoryMb);
}

export async function planBroker({ folder, port, listeners = {}, settings = {} }: BrokerOptions): Promise<BrokerPlan> {
  const taken = new Set(port === undefined || port === 0 ? [] : [port]);
  const next = async (): Promise<number> => {
    const free = await freePort(taken);
    taken.add(free);
    return free;
  };
  const planned: Record<string, BrokerPlan['listeners'][string]> = {};
  for (const [name, protocol] of Object.entries(listeners)) planned[name] = { protocol, port: await next() };
  return { folder, port: port === undefined || port === 0 ? await next() : port, controllerPort: await next(), listeners: planned, settings };
}

export async function writeBrokerFiles(plan: BrokerPlan, { fileSystem }: BrokerMachine): Promise<void> {
  const files = brokerFiles(plan.folder);
  await onFile(plan.folder, async () => {
    await fileSystem.makeDirectory(plan.folder);
    await writeFile(fileSystem, files.settings, brokerSettings(plan));
    await writeFile(fileSystem, files.logging, loggingSettings());
  });
}

async function brokerOf(plan: BrokerPlan, jvm: Jvm, memoryMb: number): Promise<Broker> {
  const { folder } = plan;
  const addresses = Object.fromEntries([['PLAINTEXT', plan.port] as const, ...Object.entries(plan.listeners).map(([name, { port }]) => [name, port] as const)].map(([name, port]) => [name, `127.0.0.1:${port}`]));
  const address = `127.0.0.1:${plan.port}`;
  const launch = (): Promise<ChildProcess> => launchBroker(jvm, { folder, address, memoryMb, detached: false });
  let child = await launch();
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  const broker: Broker = {
    brokers: [address],
    addresses,
    get pid() {
      return child.pid!;
    },
    logFile: brokerFiles(folder).log,
    async stop() {
      const late = new AbortController();
      const patience = wait(stopPatienceMs, undefined, { signal: late.signal }).then(() => end('SIGKILL'), () => undefined);
      await Promise.race([end('SIGTERM'), patience]);
      late.abort();
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      await broker.stop();
      child = await launch();
    },
  };
  return broker;
}

/** A broker that does not end by then is killed: what was acknowledged is on its disk. */
const stopPatienceMs = 30_000;
