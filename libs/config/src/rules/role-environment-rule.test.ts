import { describe, expect, it } from '@jest/globals';
import { loadText } from '../in-memory-files.ts';

const ENVIRONMENTS = 'environments: { staging: {}, production: {} }\n';

function warningsOf(blocks: string, environments: string): string[] {
  const { warnings } = loadText(
    `${blocks}roles: { dev: { channels: [firebase], events: [failure], environments: [${environments}] } }\n`,
    { WHERE: 'qa' },
  );
  return warnings
    .filter(({ path }) => path.includes('environments'))
    .map(({ path, message }) => `${path}: ${message}`);
}

describe('an environment of a role', () => {
  it('is warned of when environments has none of its name', () => {
    expect(warningsOf(ENVIRONMENTS, 'staging, prodution, qa')).toEqual([
      'roles.dev.environments[1]: environments has none of this name, so the role hears of nothing there; did you mean production?',
      'roles.dev.environments[2]: environments has none of this name, so the role hears of nothing there; known: staging, production',
    ]);
  });

  it('is not shown when a variable gave it', () => {
    expect(warningsOf(ENVIRONMENTS, '"${WHERE}"').join()).not.toContain('qa');
  });

  it('may be any where there is no block of environments', () => {
    expect(warningsOf('', 'qa')).toEqual([]);
  });
});
