import { describe, expect, it } from '@jest/globals';
import { Tail } from './tail.ts';

function linesOf(...chunks: readonly (string | Buffer)[]): readonly string[] {
  const tail = new Tail();
  for (const chunk of chunks) tail.push(Buffer.from(chunk as string));
  return tail.lines();
}

describe('the last lines', () => {
  it.each([
    ['a line in pieces', ['on', 'e\ntw', 'o\n'], ['one', 'two']],
    ['one that is not ended', ['one\ntwo'], ['one', 'two']],
    ['Windows’ ends', ['one\r\ntwo\r\n'], ['one', 'two']],
    ['what a progress bar overwrote', ['10 %\r50 %\r100 %\ndone\n'], ['100 %', 'done']],
    ['empty lines', ['one\n\n  \ntwo\n'], ['one', 'two']],
  ])('of %s', (_name, chunks, lines) => {
    expect(linesOf(...chunks)).toEqual(lines);
  });

  it('are whole characters, wherever a chunk ends', () => {
    const bytes = Buffer.from('größer\n');

    expect(linesOf(bytes.subarray(0, 3), bytes.subarray(3))).toEqual(['größer']);
  });

  it('are twenty, of at most 500 characters', () => {
    const many = Array.from({ length: 100 }, (_, i) => `line ${i}\n`);

    expect(linesOf(...many)).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i + 80}`));
    expect(linesOf('x'.repeat(100_000))[0]).toHaveLength(500);
  });

  it.each([
    ['at the limit', `${'x'.repeat(490)}tok-1234567890\n`],
    ['at the front of what is kept', `${'x'.repeat(1_000)}tok-1234567890${'x'.repeat(1_993)}\n`],
  ])('hold no part of a secret that is cut %s', (_where, text) => {
    const tail = new Tail((line) => line.replaceAll('tok-1234567890', '***'));
    for (const one of text) tail.push(Buffer.from(one));

    expect(tail.lines().join('')).not.toMatch(/[tok1-9-]{2}/);
  });

  it('take no more memory for a line without an end', () => {
    const tail = new Tail();
    const chunk = Buffer.alloc(64 * 1024, 'x');
    for (let i = 0; i < 200; i += 1) tail.push(chunk);

    expect(JSON.stringify(tail).length).toBeLessThan(10_000);
  });
});
