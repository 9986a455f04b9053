/**
 * Who one is, as the client takes it. In: `kafka.sasl`. Out: kafkajs's options; null for nobody. Every secret is told to the redactor before anybody else sees it. A token in a file is read again at
 * each authentication, since tokens run out and whoever issues them writes the next one there. Fails with SECRET_MISSING.
 */
import type { Mechanism, SASLOptions } from 'kafkajs';
import type { KafkaSection } from '../../../schemas/config/kafka-section.ts';
import { readSecret, type SecretWorld } from '../../secrets/read-secret.ts';
import { oauthBearer } from './oauth-bearer.ts';
import type { Redactor } from './redactor.ts';

/** @throws SECRET_MISSING */
export async function saslOptions({ sasl }: Pick<KafkaSection, 'sasl'>, world: SecretWorld, redactor: Redactor): Promise<SASLOptions | Mechanism | null> {
  if (sasl === null) return null;
  if (sasl.mechanism === 'oauthbearer') {
    const read = async (): Promise<string> => {
      const token = await readSecret(sasl.token, 'kafka.sasl.token', world);
      redactor.learn(token);
      return token;
    };
    await read(); // what is missing is told at the start
    return oauthBearer(read);
  }
  const { mechanism, username } = sasl;
  const password = await readSecret(sasl.password, 'kafka.sasl.password', world);
  redactor.learn(password);
  redactor.learn(`\0${username}\0${password}`); // as plain sends it
  const who = { username, password };
  return mechanism === 'plain' ? { mechanism, ...who } : mechanism === 'scram-sha-256' ? { mechanism, ...who } : { mechanism, ...who };
}
