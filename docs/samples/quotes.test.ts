import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

it('shows in docs/add-a-monitoring-system.md the sample as it is compiled', () => {
  const sample = read('monitoring-system/line-webhook.ts');

  const [, shown] = /```ts\n(\/\*\* [^]*?)```/.exec(read('../add-a-monitoring-system.md')) ?? [];

  expect(shown).toBe(sample.slice(sample.indexOf('/** ')));
});
