import { expect, it } from '@jest/globals';
import { grown, latest, present, worst } from './promql.ts';

const CHOSEN = 'environment=~"$environment", application=~"$application"';

it('takes the highest that any source told within a day', () => {
  expect(latest('fairlead_rollbacks_total', 'result="failed"')).toBe(
    `max by (environment, application, source, result) (last_over_time(fairlead_rollbacks_total{result="failed", ${CHOSEN}}[1d]))`,
  );
});

it('takes the difference of two readings, from 0 where there was none', () => {
  const total = (offset: string) =>
    `max by (environment, application, source, result) (last_over_time(fairlead_rollbacks_total{${CHOSEN}}[1d]${offset}))`;

  expect(grown('fairlead_rollbacks_total', '$__range')).toBe(
    `(${total('')} - (${total(' offset $__range')} or ${total('')} * 0))`,
  );
});

it('tells what is so now, of each series or of fewer labels', () => {
  expect(present('fairlead_canary_weight_ratio')).toBe(
    `max by (environment, application) (fairlead_canary_weight_ratio{${CHOSEN}})`,
  );
  expect(
    present('fairlead_deployment_expected_seconds', {
      by: ['environment'],
      matchers: 'type="canary"',
    }),
  ).toBe(`max by (environment) (fairlead_deployment_expected_seconds{type="canary", ${CHOSEN}})`);
});

it('believes the source that sees a canary unwell', () => {
  expect(worst('fairlead_canary_healthy')).toBe(
    `min by (environment, application) (fairlead_canary_healthy{${CHOSEN}})`,
  );
});
