import { expect, it } from '@jest/globals';
import { groupPath } from './grouping-key.ts';

it('names the target, and no run', () => {
  const path = groupPath({ environment: 'staging', application: 'shop.api-2' });

  expect(path).toBe('/metrics/job/fairlead/environment/staging/application/shop.api-2');
});

it.each(['a/b', '', '.', '..', 'a b', 'ü', '%2e%2e', '"', 'a?b#c', 'a..b'])(
  'encodes %j, which a path does not carry as it is',
  (application) => {
    const path = groupPath({ environment: 'staging', application });

    const [head, encoded = ''] = path.split('/application@base64/');
    expect(head).toBe('/metrics/job/fairlead/environment/staging');
    expect(encoded).toMatch(/^[\w=-]+$/);
    expect(Buffer.from(encoded, 'base64url').toString('utf8')).toBe(application);
    expect(new URL(path, 'http://gateway').pathname).toBe(path);
  },
);
