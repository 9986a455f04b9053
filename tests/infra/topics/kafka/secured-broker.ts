/**
 * A real broker with a listener for each way to connect: PLAINTEXT (whoever comes may do all), TLS, MTLS, SASL (not encrypted), SASLTLS. It knows one person by each mechanism, and lets nobody but those on
 * PLAINTEXT and TLS do anything that no ACL allows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs, { Kafka, logLevel, type AclEntry, type Admin } from 'kafkajs';
import { startBroker, type Broker } from '../../../../infra/kafka/start-broker.ts';
import { makeCertificates, type Certificates } from './certificates.ts';

export interface SecuredBroker {
  readonly broker: Broker;
  readonly certificates: Certificates;
  /** Of whoever may do all. */
  readonly admin: Admin;
  allow(acls: readonly Allowed[]): Promise<void>;
  forbid(acls: readonly Allowed[]): Promise<void>;
  close(): Promise<void>;
}

export type Allowed = Pick<AclEntry, 'principal' | 'resourceType' | 'resourceName' | 'resourcePatternType' | 'operation'>;

/** Of a client certificate; kept out of what a shell or a regular expression would read otherwise. */
export const clientName = 'gate-keeper';

/** Has characters that JSON, base64 and addresses write in other ways. */
export const canary = 'cAnArY-7f3e "quoted" /+=& 9d21';

/** @param people names of those that prove themselves with `plain` and SCRAM, all with the canary as password */
export async function openSecuredBroker(people: readonly string[]): Promise<SecuredBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'secured-broker-'));
  const certificates = makeCertificates(folder, clientName);
  const quoted = canary.replaceAll('"', '\\"');
  const users = people.map((name) => `user_${name}="${quoted}"`).join(' ');
  const jaas = (module: string, options: string): string => `org.apache.kafka.common.security.${module} required ${options};`;
  const saslSettings = (listener: string): Record<string, string> => ({
    [`listener.name.${listener}.sasl.enabled.mechanisms`]: 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    [`listener.name.${listener}.plain.sasl.jaas.config`]: jaas('plain.PlainLoginModule', users),
    [`listener.name.${listener}.scram-sha-256.sasl.jaas.config`]: jaas('scram.ScramLoginModule', ''),
    [`listener.name.${listener}.scram-sha-512.sasl.jaas.config`]: jaas('scram.ScramLoginModule', ''),
    [`listener.name.${listener}.oauthbearer.sasl.jaas.config`]: jaas('oauthbearer.OAuthBearerLoginModule', 'unsecuredLoginStringClaim_sub="broker"'),
  });
  const broker = await startBroker({
    folder: join(folder, 'broker'),
    listeners: { TLS: 'SSL', MTLS: 'SSL', SASL: 'SASL_PLAINTEXT', SASLTLS: 'SASL_SSL' },
    scram: people.flatMap((name) => (['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const).map((mechanism) => ({ mechanism, name, password: canary }))),
    settings: {
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': certificates.broker,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': certificates.ca,
      'listener.name.mtls.ssl.client.auth': 'required',
      ...saslSettings('sasl'),
      ...saslSettings('sasltls'),
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS',
    },
  });
  const admin = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  return {
    broker,
    certificates,
    admin,
    async allow(acls) {
      await admin.createAcls({ acl: acls.map((acl) => ({ ...acl, host: '*', permissionType: kafkajs.AclPermissionTypes.ALLOW })) });
    },
    async forbid(acls) {
      await admin.deleteAcls({ filters: acls.map((acl) => ({ ...acl, host: '*', permissionType: kafkajs.AclPermissionTypes.ALLOW })) });
    },
    async close() {
      await admin.disconnect();
      await broker.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A token that this broker takes: nobody signed it. */
export function unsignedToken(subject: string, at: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: subject, iat: at / 1000, exp: at / 1000 + 3600 })}.`;
}
