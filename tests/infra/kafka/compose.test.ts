import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { kafkaVersion } from '../../../infra/kafka/jars/kafka-jars.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';

interface Compose {
  readonly services: Readonly<Record<string, { readonly image: string; readonly ports: readonly string[]; readonly volumes: readonly string[]; readonly environment: Readonly<Record<string, string | number>> }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const compose = parse(readFileSync(join(packageRoot(), 'infra', 'kafka', 'compose.yaml'), 'utf8'), { merge: true }) as Compose;
const services = Object.entries(compose.services);

test('three brokers, each with its own number, volume and port of loopback, where it is reached by the name that it gives itself', () => {
  assert.equal(services.length, 3);
  const seen = new Set<string | number>();
  for (const [name, { image, ports, volumes, environment }] of services) {
    assert.equal(image, `apache/kafka:${kafkaVersion}`);
    const [, outside, inside] = /^127\.0\.0\.1:(\d+):(\d+)$/u.exec(ports[0]!)!;
    assert.equal(outside, inside);
    assert.equal(environment.KAFKA_ADVERTISED_LISTENERS, `INTERNAL://${name}:9092,HOST://127.0.0.1:${outside!}`);
    assert.match(String(environment.KAFKA_LISTENERS), new RegExp(`HOST://:${inside!}`, 'u'));
    assert.equal(volumes[0], `${name}:${String(environment.KAFKA_LOG_DIRS)}`);
    assert.ok(name in compose.volumes);
    for (const own of [outside!, environment.KAFKA_NODE_ID!]) {
      assert.equal(seen.has(own), false);
      seen.add(own);
    }
  }
});

test('all three vote, of one cluster, and keep three copies of everything of which two must be there', () => {
  const voters = services.map(([name, { environment }]) => `${environment.KAFKA_NODE_ID!}@${name}:9094`).join(',');
  const clusterIds = new Set<unknown>();
  for (const [, { environment }] of services) {
    assert.equal(environment.KAFKA_CONTROLLER_QUORUM_VOTERS, voters);
    clusterIds.add(environment.CLUSTER_ID);
    for (const [key, value] of Object.entries(environment)) {
      if (key.endsWith('REPLICATION_FACTOR')) assert.equal(value, 3, key);
      if (key.endsWith('MIN_ISR') || key === 'KAFKA_MIN_INSYNC_REPLICAS') assert.equal(value, 2, key);
    }
  }
  assert.equal(clusterIds.size, 1);
  assert.match(String([...clusterIds][0]), /^[\w-]{22}$/u); // 16 bytes, as Kafka writes them
});
