/**
 * SASL OAUTHBEARER (RFC 7628). In: where the token comes from. Out: kafkajs's options. Fails as kafkajs's other mechanisms do where the broker does not take the token; kafkajs's own implementation
 * does not read the broker's answer, and waits for ever then.
 */
import type { Mechanism } from 'kafkajs';

const separator = '\u0001';

export function oauthBearer(token: () => Promise<string>): Mechanism {
  return {
    mechanism: 'oauthbearer',
    authenticationProvider: ({ saslAuthenticate }) => {
      const exchange = async (message: string): Promise<string> => (await saslAuthenticate({ request: { encode: () => withLength(message) }, response: { decode: (bytes) => bytes, parse: textOf } })) ?? '';
      return {
        async authenticate() {
          const value = await token();
          try {
            const challenge = await exchange(`n,,${separator}auth=Bearer ${value}${separator}${separator}`);
            if (challenge === '') return;
            await exchange(separator); // what is wrong is said in answer to this
            throw new Error(challenge);
          } catch (error) {
            throw new TokenRefused(`SASL OAUTHBEARER authentication failed: ${error instanceof Error ? error.message : String(error)}`);
          }
        },
      };
    },
  };
}

class TokenRefused extends Error {
  override readonly name = 'KafkaJSSASLAuthenticationError';
  /** Read by kafkajs: another try would end as this one did. */
  readonly retriable = false;
}

/** Bytes as Kafka has them: their number in four bytes before them. */
function withLength(message: string): Buffer {
  const bytes = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function textOf(bytes: Buffer): string {
  return bytes.subarray(4).toString();
}
