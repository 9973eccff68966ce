import { expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { FIRST } from './first.ts';

it('names files that are there: one that was moved would lose its turn unseen', () => {
  const root = new URL('../../', import.meta.url);

  expect(FIRST.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});
