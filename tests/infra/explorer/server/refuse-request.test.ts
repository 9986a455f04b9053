import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseRequest } from '../../../../infra/explorer/server/refuse-request.ts';

const port = 8123;
const status = (headers: Record<string, string>, method = 'GET'): number | null => refuseRequest({ method, headers }, port)?.status ?? null;

test('a request to a loopback name with the port is let through', () => {
  assert.equal(status({ host: '127.0.0.1:8123' }), null);
  assert.equal(status({ host: 'LocalHost:8123' }), null);
  assert.equal(status({ host: '127.0.0.1:8123', origin: 'http://127.0.0.1:8123' }, 'HEAD'), null);
});

test('another name, however it points here, is refused', () => {
  for (const host of ['evil.example:8123', '127.0.0.1', '127.0.0.1:80', '127.0.0.1:8123.evil.example', 'localhost.evil.example:8123', '']) assert.equal(status({ host }), 403, host);
  assert.equal(status({}), 403);
});

test('what a browser says comes from another site is refused, but not a link that a person followed', () => {
  const host = '127.0.0.1:8123';
  assert.equal(status({ host, origin: 'http://evil.example' }), 403);
  assert.equal(status({ host, origin: 'null' }), 403);
  assert.equal(status({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }), 403);
  assert.equal(status({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }), null);
});

test('nothing is taken in', () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT']) assert.equal(status({ host: '127.0.0.1:8123' }, method), 405);
});
