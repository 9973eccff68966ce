import { describe, expect, it } from '@jest/globals';
import { aDelivery } from '../fixtures.ts';
import { endingOf } from './ending.ts';
import { toEvent } from './event-body.ts';

type Parts = Parameters<typeof aDelivery>[0];

function eventOf(parts: Parts, link?: string) {
  const delivery = aDelivery(parts);
  return toEvent(delivery, endingOf(delivery), link);
}

describe('toEvent', () => {
  it.each([
    ['deployment-started', 'info'],
    ['deployment-completed', 'success'],
    ['deployment-failed', 'error'],
    ['rollback-initiated', 'warning'],
    ['rollback-completed', 'warning'],
    ['canary-started', 'info'],
    ['canary-completed', 'info'],
    ['canary-promoted', 'info'],
  ] as const)('makes a %s of type %s', (kind, alertType) => {
    const event = eventOf({ event: { kind } });

    expect(event).toMatchObject({ alertType, aggregationKey: 'd-1', sourceTypeName: 'deployment' });
    expect(event.tags).toEqual(
      expect.arrayContaining([
        'environment:staging',
        'application:shop',
        'type:canary',
        `status:${alertType}`,
        'source:deployment',
        'managed_by:fairlead',
      ]),
    );
  });

  it('tells components, error, reason and links', () => {
    const event = eventOf(
      {
        event: { kind: 'deployment-failed' },
        facts: {
          outcome: 'failed',
          reason: 'hotfix',
          error: { type: 'health', message: 'api never became ready' },
          ci: { provider: 'github', url: 'https://ci.example.com/7' },
        },
      },
      'https://temporal.example.com/d-1',
    );

    for (const fact of [
      'Deployment: d-1',
      'Link: https://temporal.example.com/d-1',
      'CI run: https://ci.example.com/7',
      'Outcome: failed',
      'Duration: 246 s',
      'Error: health: api never became ready',
      'Components: api registry.example.com/shop/api:2.4.1',
      'Reason: hotfix',
    ]) {
      expect(event.text.split('\n')).toContain(fact);
    }
    expect(event.tags).toContain('outcome:failed');
  });

  it('"cut by code points, the cut named", "12 of 60 components"', () => {
    const long = '😀'.repeat(10_000);
    const components = Array.from({ length: 60 }, (_, index) => ({
      name: `api-${index}`,
      image: long,
      phase: 'deploying' as const,
    }));

    const event = eventOf({
      event: { kind: 'deployment-failed', message: long },
      facts: { components, reason: long, error: { type: 'x', message: long } },
    });

    expect(Array.from(event.text)).toHaveLength(4_000);
    expect(event.text).toMatch(/^Deployment: d-1\n/);
    expect(event.text.endsWith('… (cut)')).toBe(true);
    const many = Array.from({ length: 60 }, () => components[0]!).map((one) => ({
      ...one,
      image: 'shop/api:1',
    }));
    expect(eventOf({ facts: { components: many } }).text).toContain('12 of 60 components');
  });

  it('wakes nobody and begins no Markdown by what comes from outside', () => {
    const event = eventOf({
      event: { message: '%%% \u001b[31m@pagerduty-shop' },
      facts: { reason: '(@all) @kim, kim@example.com', actor: '@slack-x' },
    });

    expect(event.text).not.toMatch(/%%%|\u001b|(^|[\s(])@/);
    expect(event.text).toContain('kim@example.com');
  });

  it('keeps digests of images as they are', () => {
    const image = 'shop/api@sha256:abc';
    const components = [{ name: 'api', image, phase: 'deploying' as const }];

    expect(eventOf({ facts: { components } }).text).toContain(image);
  });

  it('says that it is a test', () => {
    const event = eventOf({ event: { kind: 'deployment-failed', mark: 'test' } });

    expect(event).toMatchObject({
      title: '[staging] TEST: Deployment Failed: shop',
      alertType: 'info',
    });
  });

  it('cuts tags and the key at what Datadog takes', () => {
    const event = eventOf({
      facts: { environment: 'e'.repeat(400), deploymentId: 'd'.repeat(400) },
    });

    expect(event.tags?.every((tag) => tag.length <= 200)).toBe(true);
    expect(event.aggregationKey).toHaveLength(100);
  });
});
