import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { learningRate } from '../../../operators/training/learning-rate.ts';

const paper = { learningRate: 5e-7, schedule: 'cosine', warmupSteps: 10 } as const;
const close = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) <= 1e-9 * expected, `${actual} is not ${expected}`);

describe('learningRate', () => {
  test('rises linearly from above 0 to the peak after the warm-up', () => {
    close(learningRate(1, paper, 2000), 5e-7 / 11);
    close(learningRate(10, paper, 2000), (5e-7 * 10) / 11);
    close(learningRate(11, paper, 2000), 5e-7);
  });

  test('then falls as the cosine schedule of Hugging Face transformers does', () => {
    // get_cosine_schedule_with_warmup(optimizer, 10, 2000), rate of its k-th step
    close(learningRate(12, paper, 2000), 4.999996884673887e-7);
    close(learningRate(501, paper, 2000), 4.288573221118428e-7);
    close(learningRate(1005, paper, 2000), 2.503946722799805e-7);
    assert.ok(Math.abs(learningRate(2000, paper, 2000) - 3.115326112634875e-13) < 1e-20);
  });

  test('is never 0 within the run, and never rises after the warm-up', () => {
    const rates = Array.from({ length: 50 }, (_, i) => learningRate(i + 1, { ...paper, warmupSteps: 5 }, 50));
    assert.ok(rates.every((rate) => rate > 0));
    assert.ok(rates.slice(6).every((rate, i) => rate < rates[i + 5]!));
  });

  test('without warm-up begins at the peak', () => {
    assert.equal(learningRate(1, { ...paper, warmupSteps: 0 }, 2000), 5e-7);
  });

  test('constant stays at the peak after the warm-up', () => {
    assert.equal(learningRate(1999, { ...paper, schedule: 'constant' }, 2000), 5e-7);
    close(learningRate(5, { ...paper, schedule: 'constant' }, 2000), (5e-7 * 5) / 11);
  });
});
