import { expect, it } from '@jest/globals';
import { loadFullConfig } from '@fairlead/config';
import { roleRules } from './roles.ts';

const FILE = `notification:
  slack: { webhook_url: "https://example.com/hook" }
roles:
  ops:
    channels: [slack]
    events: [failure]
    environments: [production]
    severity: critical
    quiet_hours: { from: "22:00", to: "07:00", time_zone: Asia/Seoul, then: drop }
  dev:
    channels: [slack]
    events: [status]
    quiet_hours: { from: "20:00", to: "08:00", time_zone: UTC }
  all:
    channels: [slack]
    events: [status]
`;

it('hands over each role with what it limits, "quiet_hours: { from, to, time_zone, then }" among it', () => {
  const { values } = loadFullConfig({
    ...{ files: ['fairlead.yaml'], env: {}, cwd: '/project' },
    readFile: () => new TextEncoder().encode(FILE),
  });

  expect(roleRules(values)).toEqual([
    {
      ...{ name: 'ops', channels: ['slack'], events: ['failure'], environments: ['production'] },
      severity: 'critical',
      quietHours: { from: '22:00', to: '07:00', timeZone: 'Asia/Seoul', then: 'drop' },
    },
    {
      ...{ name: 'dev', channels: ['slack'], events: ['status'] },
      quietHours: { from: '20:00', to: '08:00', timeZone: 'UTC', then: 'hold' },
    },
    { name: 'all', channels: ['slack'], events: ['status'] },
  ]);
});
