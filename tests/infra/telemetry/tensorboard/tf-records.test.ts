import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { crc32c, maskedCrc32c } from '../../../../infra/telemetry/tensorboard/crc32c.ts';
import { frameRecord, wholeRecords } from '../../../../infra/telemetry/tensorboard/tf-records.ts';

test('CRC-32C is that of RFC 3720', () => {
  const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);
  assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assert.equal(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8ab43);
  assert.equal(crc32c(ascending), 0x46dd794e);
  assert.equal(crc32c(ascending.toReversed()), 0x113fdb5c);
  assert.equal(crc32c(new TextEncoder().encode('123456789')), 0xe3069283);
});

test('the mask turns the checksum by 15 bits and adds a constant', () => {
  const crc = crc32c(new TextEncoder().encode('123456789'));
  const turned = (BigInt(crc) >> 15n) | ((BigInt(crc) << 17n) & 0xffffffffn);
  assert.equal(BigInt(maskedCrc32c(new TextEncoder().encode('123456789'))), (turned + 0xa282ead8n) & 0xffffffffn);
});

const records = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });

test('records come back as they went in, wherever their bytes lie in a buffer', () => {
  fc.assert(
    fc.property(records, fc.nat(9), (datas, offset) => {
      const file = Buffer.concat([Buffer.alloc(offset), ...datas.map(frameRecord)]);
      const found = [...wholeRecords(new Uint8Array(file.buffer, file.byteOffset + offset, file.length - offset))];
      assert.deepEqual(found.map(({ data }) => Buffer.from(data)), datas.map((data) => Buffer.from(data)));
      assert.equal(found.at(-1)?.end ?? 0, file.length - offset);
    }),
  );
});

test('a file cut anywhere gives its whole records, and one with a flipped bit those before it', () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.boolean(), (datas, place, cut) => {
      const framed = datas.map(frameRecord);
      const file = Buffer.concat(framed);
      if (file.length === 0) return;
      const at = place % file.length;
      let [end, whole] = [0, 0];
      while (whole < framed.length && end + framed[whole]!.length <= at) end += framed[whole++]!.length;
      if (!cut) file[at]! ^= 1 << place % 8;
      const found = [...wholeRecords(cut ? file.subarray(0, at) : file)];
      assert.equal(found.length, whole);
    }),
  );
});
