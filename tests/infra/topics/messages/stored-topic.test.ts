/** A topic that was stored by the first version of every record on it (fixtures/messages) stays readable. Where this fails a change is not compatible: see schemas/arrow/schema-change.ts. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createMessageReader } from '../../../../infra/topics/messages/message-reader.ts';
import type { BusMessage, DeliveredMessage } from '../../../../operators/ports/message-bus.ts';
import { nullable, utf8 } from '../../../../schemas/field.ts';
import type { RecordDefinition } from '../../../../schemas/record-definition.ts';
import { admission, creditGrant } from '../../../../schemas/records/control-messages.ts';
import { scoredGroups } from '../../../../schemas/records/edges.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { testCodec } from './test-codec.ts';

const codec = await testCodec();
/** Nullable fields that the first version did not have. */
const addedSince = ['tokenEntropies', 'value', 'constraint'];
const asFirstWritten = (key: string, value: unknown): unknown => (addedSince.includes(key) && value === null ? undefined : value);

interface StoredTopic {
  readonly messages: readonly (Omit<BusMessage, 'value'> & { readonly value: string })[];
  /** SHA-256 of each record as JSON, without the fields of `addedSince`. */
  readonly records: readonly string[];
}

const stored = JSON.parse(readFileSync(fixturePath('messages', 'topic.json'), 'utf8')) as StoredTopic;
const messages: DeliveredMessage[] = stored.messages.map((message, i) => ({ ...message, topic: 'stored', offset: BigInt(i), value: Buffer.from(message.value, 'base64') }));
const ofToday: RecordDefinition[] = [scoredGroups, creditGrant, admission];

function readWith(definitions: readonly RecordDefinition[]) {
  const reader = createMessageReader({ codec, definitions, overlap: 0 });
  return messages.flatMap((message) => reader.read(message));
}

describe('a stored topic', () => {
  test("is read by today's definitions", () => {
    const found = readWith(ofToday).map((result) => (result.kind === 'message' ? result : assert.fail(result.refusal.message)));
    assert.deepEqual(found.map(({ definition }) => definition), ofToday);
    assert.deepEqual(found.map(({ record }) => createHash('sha256').update(JSON.stringify(record, asFirstWritten)).digest('hex')), stored.records);
    assert.deepEqual(found.map(({ letters }) => letters.map(({ code }) => code)), [['PROMPT_TOO_LONG'], [], []]);
  });

  test('is read by definitions with a nullable field more', () => {
    const raised = ofToday.map((definition) => ({ ...definition, version: definition.version + 1, fields: { ...definition.fields, note: nullable(utf8('Note.')) } }));
    for (const result of readWith(raised)) {
      assert.ok(result.kind === 'message');
      assert.match(JSON.stringify(result.record), /"note":null\}$/);
    }
  });

  test('is refused by definitions with a required field more, naming both versions', () => {
    const raised = ofToday.map((definition) => ({ ...definition, version: definition.version + 1, fields: { ...definition.fields, note: utf8('Note.') } }));
    for (const result of readWith(raised)) {
      assert.ok(result.kind === 'refused');
      assert.equal(result.refusal.cause, 'foreign-version');
      assert.match(result.refusal.message, /version 1; \w+, version \d, is read here, and the field record\.note is missing/);
    }
  });

  test('is refused by definitions older than its own', () => {
    const older = ofToday.map((definition) => ({ ...definition, version: 0 })); // the messages are of version 1
    assert.ok(readWith(older).every((result) => result.kind === 'refused' && result.refusal.cause === 'foreign-version'));
  });
});
