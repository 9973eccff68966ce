import { describe, expect, it } from '@jest/globals';
import { createTokenBucket } from './token-bucket.ts';

function setUp() {
  let nowMs = 5_000;
  const admits = createTokenBucket({ perSecond: 10, burst: 30 }, () => nowMs);
  return {
    pass: (ms: number) => (nowMs += ms),
    admitted: (asked: number) => Array.from({ length: asked }, admits).filter(Boolean).length,
  };
}

describe('a token bucket', () => {
  it('admits its burst and no more', () => {
    expect(setUp().admitted(100)).toBe(30);
  });

  it('admits at its rate then', () => {
    const { admitted, pass } = setUp();
    admitted(30);

    pass(100);
    expect(admitted(5)).toBe(1);
    pass(1_000);
    expect(admitted(50)).toBe(10);
  });

  it('holds no more than its burst, however long it is quiet', () => {
    const { admitted, pass } = setUp();

    pass(3_600_000);

    expect(admitted(100)).toBe(30);
  });
});
