import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { messagesPage } from './page.ts';

it('is what docs/messages.md holds; `npm run messages` writes it anew', () => {
  const committed = readFileSync(new URL('../../docs/messages.md', import.meta.url), 'utf8');

  expect(committed).toBe(messagesPage());
});
