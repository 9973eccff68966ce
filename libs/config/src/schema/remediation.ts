import { ACTIONS, ISSUE_KINDS } from '@fairlead/contracts';
import { alertReceiver } from './alert-receiver.ts';
import { block, choice, duration, listOf, switchField, wholeNumber } from './fields.ts';

/** An action that failed this often will not work the next time either. */
const MAX_ATTEMPTS = 100;
const SECONDS_PER_DAY = 86_400;
const MAX_REPLICAS = 10_000;
const MAX_TARGETS = 1_000;
const MAX_ACTIONS_PER_HOUR = 10_000;

const enabled = switchField('Whether the action may be taken. Default: true.').default(true);

const action = block('One action. Not listed means off.', { enabled });

const scaleDeployment = block('Adds replicas. Not listed means off.', {
  enabled,
  step: wholeNumber({
    description: 'Replicas more with each attempt. Default: 1.',
    min: 1,
    max: MAX_REPLICAS,
  }).default(1),
  max_replicas: wholeNumber({
    description: 'Never beyond this. Default: 10.',
    min: 1,
    max: MAX_REPLICAS,
  }).default(10),
});

const ladder = listOf(choice(ACTIONS, 'An action.'), {
  description: 'Actions in the order in which they are tried; the last is repeated.',
  max: ACTIONS.length,
}).optional();

export const remediation = block('What may be mended.', {
  enabled: switchField('Whether anything is mended at all. Default: true.').default(true),
  auto_remediate: switchField(
    'Mend without being asked, as soon as an issue is seen. Default: false.',
  ).default(false),
  max_attempts: wholeNumber({
    description: 'Attempts per target and issue. Default: 3.',
    min: 1,
    max: MAX_ATTEMPTS,
  }).default(3),
  cooldown_period: wholeNumber({
    description: 'Seconds between two attempts. Default: 300.',
    min: 0,
    max: SECONDS_PER_DAY,
  }).default(300),
  verify_for: duration({
    description: 'Healthy for so long means that an action has helped. Default: 60s.',
    minMs: 1_000,
  }).default('60s'),
  reset_after: duration({
    description:
      'An issue that comes again within this goes on counting. Default: 1h; at least 15m, since what lasts is seen every five minutes.',
    minMs: 15 * 60_000,
  }).default('1h'),
  approval_timeout: duration({
    description: 'A proposal that nobody approves within this is given up. Default: 4h.',
    minMs: 60_000,
  }).default('4h'),
  actions: block('The actions that may be taken.', {
    restart_pod: action.optional(),
    restart_deployment: action.optional(),
    scale_deployment: scaleDeployment.optional(),
  }).optional(),
  ladders: block(
    'Which actions are tried for which issue, one after the other.',
    Object.fromEntries(ISSUE_KINDS.map((kind) => [kind, ladder])) as Record<
      (typeof ISSUE_KINDS)[number],
      typeof ladder
    >,
  ).optional(),
  limits: block('When many things fail at once, nothing is touched.', {
    targets_at_once: wholeNumber({
      description: 'Targets of an environment that are mended at the same time. Default: 5.',
      min: 1,
      max: MAX_TARGETS,
    }).default(5),
    actions_per_hour: wholeNumber({
      description: 'Actions in an environment within an hour. Default: 20.',
      min: 1,
      max: MAX_ACTIONS_PER_HOUR,
    }).default(20),
  }).optional(),
  receiver: alertReceiver.optional(),
});
