import { block, switchField, wholeNumber } from './fields.ts';

/** An action that failed this often will not work the next time either. */
const MAX_ATTEMPTS = 100;
const SECONDS_PER_DAY = 86_400;

const action = block('One action. Not listed means off.', {
  enabled: switchField('Whether the action may be taken. Default: true.').default(true),
});

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
  actions: block('The actions that may be taken.', {
    restart_pod: action.optional(),
    restart_deployment: action.optional(),
    scale_deployment: action.optional(),
  }).optional(),
});
