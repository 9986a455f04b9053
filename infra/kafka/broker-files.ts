/** What a single-node broker is told in files: its settings, and how it logs. In: ports, listeners, folders. Out: text. Nothing can go wrong. */
import { join } from 'node:path';

export type ListenerProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

export interface BrokerPlan {
  readonly folder: string;
  /** Of the listener PLAINTEXT, over which the broker speaks with itself too. */
  readonly port: number;
  readonly controllerPort: number;
  /** Further listeners by name (upper case), each with a port of its own. */
  readonly listeners: Readonly<Record<string, { readonly protocol: ListenerProtocol; readonly port: number }>>;
  /** Kafka's own settings, which go before those here. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface BrokerFiles {
  /** Topics and the cluster's own records. */
  readonly data: string;
  readonly settings: string;
  readonly logging: string;
  readonly log: string;
}

export function brokerFiles(folder: string): BrokerFiles {
  return { data: join(folder, 'data'), settings: join(folder, 'server.properties'), logging: join(folder, 'log4j2.properties'), log: join(folder, 'broker.log') };
}

/** `server.properties`. One node is all there is: what Kafka would keep three copies of has one. */
export function brokerSettings({ folder, port, controllerPort, listeners, settings }: BrokerPlan): string {
  const all = [{ name: 'PLAINTEXT', protocol: 'PLAINTEXT', port }, ...Object.entries(listeners).map(([name, listener]) => ({ name, ...listener }))];
  const addresses = all.map((each) => `${each.name}://127.0.0.1:${each.port}`);
  const controller = `127.0.0.1:${controllerPort}`;
  return propertiesText({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: [...addresses, `CONTROLLER://${controller}`].join(','),
    'advertised.listeners': addresses.join(','),
    'listener.security.protocol.map': [...all.map(({ name, protocol }) => `${name}:${protocol}`), 'CONTROLLER:PLAINTEXT'].join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': brokerFiles(folder).data,
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
    ...settings,
  });
}

/** Warnings, and what the server says of its start and end. */
export function loggingSettings(): string {
  return propertiesText({
    'rootLogger.level': 'info',
    'rootLogger.appenderRef.out.ref': 'out',
    'appender.out.type': 'Console',
    'appender.out.name': 'out',
    'appender.out.layout.type': 'PatternLayout',
    'appender.out.layout.pattern': '%d{yyyy-MM-dd HH:mm:ss,SSS} %p %m (%c{1})%n',
  });
}

/** Java's format: a backslash, and a line's end, would be read as something else. */
function propertiesText(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`)
    .join('');
}
