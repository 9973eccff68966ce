import { describe, expect, it } from '@jest/globals';
import type { ProvisionChange } from '@fairlead/contracts';
import { changeCounts, changesText } from './changes.ts';

const CHANGES: readonly ProvisionChange[] = [
  { thing: 'dashboard', name: 'Deployment Metrics', action: 'update', detail: 'title differs' },
  { thing: 'alert', name: 'Failed Rollback', action: 'unchanged' },
  { thing: 'alert', name: 'Deployment Failure', action: 'edited' },
];

describe('the changes of a system', () => {
  it('say what would be done when they are planned', () => {
    expect(changesText('grafana', 'plan', CHANGES).split('\n')).toEqual([
      'grafana: 1 of 3 would change',
      '  dashboard  Deployment Metrics  would be updated                               title differs',
      '  alert      Failed Rollback     is as it should be',
      '  alert      Deployment Failure  was edited by a person; stays without --force',
    ]);
  });

  it('say what was done when they are applied', () => {
    const text = changesText('grafana', 'apply', CHANGES);

    expect(text).toMatch(/^grafana: 1 of 3 changed\n/);
    expect(text).toMatch(/Deployment Metrics {2}updated/);
    expect(text).toMatch(/left alone$/);
  });

  it.each([
    ['plan', 'nothing to do'],
    ['apply', 'nothing was changed'],
  ] as const)('say that there are none: %s', (verb, expected) => {
    expect(changesText('datadog', verb, CHANGES.slice(1))).toContain(`datadog: ${expected}`);
  });

  it('say that nothing of ours was there to be removed', () => {
    expect(changesText('datadog', 'remove', [])).toBe('datadog: nothing of ours is there.');
  });

  it('are counted by what is done', () => {
    expect(changeCounts(CHANGES)).toEqual({ update: 1, unchanged: 1, edited: 1 });
  });
});
