/** Certificates for tests, made by openssl in a folder: an authority, what it signed for a broker on loopback and for a client, and an authority that nobody trusts. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  readonly ca: string;
  readonly otherCa: string;
  /** Key and certificate in one file, as Kafka takes them. */
  readonly broker: string;
  readonly certificate: string;
  readonly key: string;
}

/** @param clientName becomes the principal `User:CN=clientName` */
export function makeCertificates(folder: string, clientName: string): Certificates {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = (name: string): string[] => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', `${name}.key`];
  for (const name of ['ca', 'other']) openssl('req', '-x509', ...newKey(name), '-out', `${name}.pem`, '-days', '3650', '-subj', `/CN=${name}`);
  const issue = (name: string, subject: string, extensions: string): void => {
    openssl('req', ...newKey(name), '-out', `${name}.csr`, '-subj', subject);
    writeFileSync(at(`${name}.ext`), extensions);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', `${name}.pem`, '-days', '3650', '-extfile', `${name}.ext`);
  };
  issue('broker', '/CN=broker', 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  issue('client', `/CN=${clientName}`, 'extendedKeyUsage=clientAuth\n');
  writeFileSync(at('broker-all.pem'), readFileSync(at('broker.key'), 'utf8') + readFileSync(at('broker.pem'), 'utf8'));
  return { ca: at('ca.pem'), otherCa: at('other.pem'), broker: at('broker-all.pem'), certificate: at('client.pem'), key: at('client.key') };
}
