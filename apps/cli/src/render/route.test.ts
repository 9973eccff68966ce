import { expect, it } from '@jest/globals';
import { routeText } from './route.ts';
import { createStyle } from './style.ts';

it('has a table for each kind, with a line for each destination and each of its roles', () => {
  const text = routeText(
    {
      ...{ event: 'failure', environment: 'production', at: '2026-11-25T23:00:00.000Z' },
      kinds: [
        {
          kind: 'deployment-failed',
          route: [
            {
              ...{ destination: 'slack', verdict: 'told', why: 'for ops' },
              roles: [
                { role: 'ops', verdict: 'told', why: 'asks for it' },
                { role: 'dev', verdict: 'not-its-channel', why: 'is told over teams' },
              ],
            },
            { destination: 'log', verdict: 'told', why: 'no role decides over it', roles: [] },
          ],
        },
      ],
    },
    createStyle(false),
  );

  expect(text.split('\n')).toEqual([
    'failure in production at 2026-11-25T23:00:00.000Z',
    '',
    'deployment-failed',
    'DESTINATION  ROLE  VERDICT          WHY',
    'slack              told             for ops',
    '             ops   told             asks for it',
    '             dev   not-its-channel  is told over teams',
    'log                told             no role decides over it',
  ]);
});
