import { describe, expect, it } from '@jest/globals';
import { isGsm, segmentsOf } from './segments.ts';

describe('segmentsOf', () => {
  it.each([
    { what: 'nothing', text: '', segments: 1 },
    { what: '160 of GSM-7', text: 'a'.repeat(160), segments: 1 },
    { what: '161 of GSM-7', text: 'a'.repeat(161), segments: 2 },
    { what: 'two segments full', text: 'a'.repeat(306), segments: 2 },
    { what: 'one more', text: 'a'.repeat(307), segments: 3 },
    { what: 'brackets, which take two places', text: '['.repeat(80), segments: 1 },
    { what: 'one bracket more', text: `${'['.repeat(80)}a`, segments: 2 },
    // A bracket is not split: the 153rd place of the first segment stays empty.
    { what: 'a bracket at the seam', text: `${'a'.repeat(152)}[${'a'.repeat(152)}`, segments: 3 },
    { what: '70 of UCS-2', text: '한'.repeat(70), segments: 1 },
    { what: '71 of UCS-2', text: '한'.repeat(71), segments: 2 },
    { what: 'one strange character', text: `${'a'.repeat(70)}한`, segments: 2 },
    { what: 'emoji, which take two places', text: '🚀'.repeat(35), segments: 1 },
    { what: 'emoji at the seam', text: '🚀'.repeat(67), segments: 3 },
  ])('counts $segments of $what', ({ text, segments }) => {
    expect(segmentsOf(text)).toBe(segments);
  });
});

describe('isGsm', () => {
  it('knows what looks like ASCII and has no place', () => {
    expect(isGsm('[staging] {a} ~ ^ \\ | € é Ø')).toBe(true);
    expect(isGsm('`')).toBe(false);
    expect(isGsm('…')).toBe(false);
  });
});
