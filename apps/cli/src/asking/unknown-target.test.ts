import { expect, it } from '@jest/globals';
import { createIo } from '../io.ts';
import { fakeSession } from '@fairlead/client/internal/testing/fake-session';
import { warnOfUnknownTarget } from './unknown-target.ts';

async function warnings(
  asked: Parameters<typeof warnOfUnknownTarget>[1],
  targets: readonly string[] = ['staging/shop', 'production/shop', 'staging/web'],
): Promise<string> {
  let stderr = '';
  const io = createIo({
    stdout: { write: () => true },
    stderr: { write: (text) => (stderr += text) },
    env: {},
  });
  const session = fakeSession(Object.fromEntries(targets.map((id) => [`target/${id}`, {}])));
  await warnOfUnknownTarget(session, asked, io);
  return stderr;
}

it.each([
  [{ environment: 'stagin' }, 'environment stagin; known: production, staging'],
  [{ application: 'shp', environment: 'staging' }, 'application shp; known: shop, web'],
])('warns of %j', async (asked, expected) => {
  expect(await warnings(asked)).toBe(`warning nothing was ever deployed with ${expected}\n`);
});

it('says so where nothing was deployed at all', async () => {
  expect(await warnings({ environment: 'staging' }, [])).toBe(
    'warning nothing was ever deployed with environment staging; there is no target yet\n',
  );
});

it.each([{}, { environment: 'staging' }, { environment: 'production', application: 'shop' }])(
  'is content with %j',
  async (asked) => {
    expect(await warnings(asked)).toBe('');
  },
);
