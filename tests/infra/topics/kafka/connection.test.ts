import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRedactor } from '../../../../infra/topics/kafka/redactor.ts';
import { openConnection } from '../../../../infra/topics/kafka/connection.ts';
import { createMemoryFileSystem } from '../../file-system/memory-file-system.ts';
import { writeFile } from '../../../../infra/file-system/write-file.ts';
import type { ErrorCode } from '../../../../schemas/error-codes.ts';
import { isError } from '../../../is-error.ts';
import { testSection } from './kafka-section.ts';

test('a secret is in no text that was redacted, in whatever form it is written', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: 'grapheme' }), fc.string(), fc.string(), (secret, before, after) => {
      const redactor = createRedactor();
      redactor.learn(secret);
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('base64url'), encodeURIComponent(secret)]) {
        assert.equal(redactor.redact(`<${form}>`), '<[secret]>');
      }
      assert.equal(redactor.redact(before + secret + after).includes('[secret]'), true);
    }),
  );
});

test('the text of whoever has no secrets stays as it is, and an empty secret hides nothing', () => {
  const redactor = createRedactor();
  redactor.learn('');
  assert.equal(redactor.redact('a text'), 'a text');
});

test('a secret that holds another is hidden whole', () => {
  const redactor = createRedactor();
  redactor.learn('pass');
  redactor.learn('password');
  assert.equal(redactor.redact('password pass'), '[secret] [secret]');
});

test('files of TLS that cannot be used are refused at the start, by name and without what is in them', async () => {
  const fileSystem = createMemoryFileSystem();
  await writeFile(fileSystem, '/no.pem', 'cAnArY');
  const open = (tls: { ca: string | null; certificate: string | null; key: string | null }): Promise<unknown> => openConnection(testSection({ tls }), 'test', { environment: {}, fileSystem, log: () => undefined });
  const hidden = (code: ErrorCode, message: RegExp) => (error: unknown) => isError(code, message)(error) && !String(error).includes('cAnArY');
  await assert.rejects(open({ ca: '/none.pem', certificate: null, key: null }), isError('NOT_READABLE', /none\.pem|ENOENT/u));
  await assert.rejects(open({ ca: '/no.pem', certificate: null, key: null }), hidden('CONFIG_INVALID', /\/no\.pem, kafka\.tls\.ca/u));
  await assert.rejects(open({ ca: null, certificate: '/no.pem', key: '/no.pem' }), hidden('CONFIG_INVALID', /\/no\.pem, kafka\.tls\.certificate/u));
  await assert.rejects(open({ ca: null, certificate: '/no.pem', key: null }), hidden('CONFIG_INVALID', /kafka\.tls\.key/u));
});
