import { describe, expect, it } from '@jest/globals';
import { loadText } from '../in-memory-files.ts';

const HOOK = 'https://hooks.example.com/1';

function warningsOf(role: string, owner = 'fairlead'): string[] {
  const text = `notification:
  page_owner: ${owner}
  teams: { webhook_url: "${HOOK}" }
  pagerduty: { routing_key: 0123456789abcdef0123456789abcdef }
monitoring_systems: { prometheus: {} }
roles:
  all: { channels: [teams, pagerduty], events: [failure] }
  ops: ${role}
`;
  return loadText(text).warnings.map(({ path, message }) => `${path}: ${message}`);
}

describe('a role that nothing can reach', () => {
  it.each([
    [
      '{ channels: [pagerduty], events: [rollback, canary] }',
      /^roles\.ops\.events: PagerDuty opens/,
    ],
    [
      '{ channels: [teams], events: [rollback, status], severity: critical }',
      /^roles\.ops\.severity: none of its events ever is critical, .* name failure in events/,
    ],
    [
      '{ channels: [teams], events: [canary], severity: warning }',
      /^roles\.ops\.severity: none of its events ever is warning, .* name failure or rollback/,
    ],
  ])('is warned of: %s', (role, expected) => {
    expect(warningsOf(role)).toEqual([expect.stringMatching(expected)]);
  });

  it('is warned of where nobody pages', () => {
    expect(warningsOf('{ channels: [pagerduty], events: [failure] }', 'none')).toEqual([
      expect.stringMatching(/^roles\.ops\.channels: with page_owner none PagerDuty gets nothing/),
    ]);
  });

  it.each([
    ['{ channels: [pagerduty], events: [failure] }', 'fairlead'],
    ['{ channels: [pagerduty, teams], events: [rollback] }', 'fairlead'],
    ['{ channels: [pagerduty, teams], events: [failure] }', 'none'],
    ['{ channels: [pagerduty], events: [rollback] }', 'alertmanager'],
    ['{ channels: [teams], events: [failure, status], severity: critical }', 'fairlead'],
    ['{ channels: [teams], events: [rollback], severity: warning }', 'fairlead'],
    ['{ channels: [teams], events: [canary], severity: info }', 'fairlead'],
  ])('is not one that can be reached: %s with page_owner %s', (role, owner) => {
    expect(warningsOf(role, owner)).toEqual([]);
  });
});
