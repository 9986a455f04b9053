import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isS3Address, s3Place } from '../../../../infra/policy-weights/s3/s3-place.ts';
import { isError } from '../../../is-error.ts';
import { s3Environment } from './local-s3.ts';

test('a bucket is asked for by its own name, one with dots in it or of another server by its path', () => {
  const url = (address: string, changes = {}): string => s3Place(address, { ...s3Environment, ...changes }).url;
  assert.equal(url('s3://weights'), 'https://weights.s3.eu-north-1.amazonaws.com');
  assert.equal(url('s3://weights.example/a'), 'https://s3.eu-north-1.amazonaws.com/weights.example');
  assert.equal(url('s3://weights', { AWS_ENDPOINT_URL: 'http://localhost:9000/' }), 'http://localhost:9000/weights');
  assert.equal(url('s3://weights', { AWS_ENDPOINT_URL: 'http://localhost:9000', AWS_ENDPOINT_URL_S3: 'http://localhost:9001' }), 'http://localhost:9001/weights');
  assert.throws(() => url('s3://weights', { AWS_ENDPOINT_URL: 'localhost:9000' }), isError('CONFIG_INVALID', /AWS_ENDPOINT_URL/));
});

test('a prefix ends with a slash, or there is none', () => {
  assert.deepEqual(['s3://weights', 's3://weights/', 's3://weights/a/b', 's3://weights/a/b/'].map((address) => s3Place(address, s3Environment).prefix), ['', '', 'a/b/', 'a/b/']);
});

test('what is no address is none', () => {
  for (const text of ['s3://', 's3://UPPER/a', 's3://weights/a b', 's3://weights//a', 'https://weights', '/weights', 's3://weights/a?b']) assert.equal(isS3Address(text), false, text);
  assert.throws(() => s3Place('s3://weights//a', s3Environment), isError('CONFIG_INVALID', /BUCKET\/PREFIX/));
});

test('without credentials it is said which are missing', () => {
  assert.throws(() => s3Place('s3://weights', { ...s3Environment, AWS_SECRET_ACCESS_KEY: '' }), isError('SECRET_MISSING', /AWS_SECRET_ACCESS_KEY is not set/));
});
