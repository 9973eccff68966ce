import type { Delivery } from '@fairlead/contracts';
import type { DistributionSeries, Series } from '../client.ts';
import { timingsOf } from '@fairlead/domain';
import { toTags } from '../tags.ts';
import type { Ending } from './ending.ts';

/** Of v2/series: https://docs.datadoghq.com/api/latest/metrics/#submit-metrics */
const COUNT = 1;
export const DURATION_METRIC = 'fairlead.deployment.duration';
/** The tags of that metric, all of them. */
export const DURATION_TAGS = ['environment', 'application', 'source', 'type', 'outcome'];

/** One of each at the second of the end: the same series and second again overwrites and never adds. */
export function toCounts({ event, facts }: Delivery, ending: Ending): Series[] {
  const { environment, application, source = 'fairlead', type } = facts;
  const run = { environment, application, source, type };
  const { outcome, rollback } = ending;
  const points = [{ timestamp: secondOf(event.at), value: 1 }];
  // Counts are per interval, here of the one second.
  const one = { type: COUNT, interval: 1, points } as const;
  return [
    {
      metric: 'fairlead.deployments',
      ...one,
      tags: toTags({ ...run, outcome }),
    },
    ...(rollback === undefined
      ? []
      : [
          {
            metric: 'fairlead.rollbacks',
            ...one,
            tags: toTags({ ...run, result: rollback }),
          },
        ]),
  ];
}

/** How long it all took, and where the time went; in seconds. */
export function toDurations({ event, facts }: Delivery, ending: Ending): DistributionSeries[] {
  const { environment, application, source = 'fairlead', type } = facts;
  const { phases, components, detectSeconds, safeSeconds } = timingsOf(facts);
  const target = { environment, application };

  function one(metric: string, seconds: number | undefined, tags: Tags): DistributionSeries[] {
    if (seconds === undefined) return [];
    return [{ metric, points: [[secondOf(event.at), [seconds]]], tags: toTags(tags) }];
  }

  return [
    ...one(DURATION_METRIC, ending.durationSeconds, {
      ...{ ...target, source, type },
      outcome: ending.outcome,
    }),
    ...Object.entries(phases).flatMap(([phase, seconds]) =>
      one('fairlead.deployment.phase_duration', seconds, { ...target, type, phase }),
    ),
    ...components.flatMap(({ name, seconds, readySeconds }) => [
      ...one('fairlead.component.duration', seconds, { ...target, component: name }),
      ...one('fairlead.component.ready', readySeconds, { ...target, component: name }),
    ]),
    ...one('fairlead.deployment.time_to_detect', detectSeconds, target),
    ...one('fairlead.deployment.time_to_safe', safeSeconds, target),
  ];
}

type Tags = Readonly<Record<string, string>>;

/** Of RFC 3339; POSIX. */
export function secondOf(at: string): number {
  return Math.floor(Date.parse(at) / 1_000);
}
