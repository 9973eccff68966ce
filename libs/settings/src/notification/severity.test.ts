import { expect, it } from '@jest/globals';
import { loadFullConfig } from '@fairlead/config';
import { severityIn } from './severity.ts';

const FILE = `environments:
  production: {}
  staging: { severity: warning }
`;

it.each([
  ['staging', 'warning'],
  ['production', 'critical'],
  ['elsewhere', 'critical'],
])(
  '"Type → severity": "failure `critical` for an environment in which people may be woken (`environments.<name>.severity: warning` lowers it)": in %s it is %s',
  (name, expected) => {
    const { values } = loadFullConfig({
      ...{ files: ['fairlead.yaml'], env: {}, cwd: '/project' },
      readFile: () => new TextEncoder().encode(FILE),
    });

    expect(severityIn(values)(name)).toBe(expected);
  },
);
