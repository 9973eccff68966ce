import { block, mapOf, switchField, text } from './fields.ts';
import { name } from './names.ts';

/** More names than that are no mapping any more. */
const MAX_NAMES = 500;
const MAX_SENT = 253;

export const receiverEvents = block('How other tools call environments and applications.', {
  environments: mapOf(
    { key: sent('Environment as events name it.'), value: name('Environment that it is.') },
    {
      description: 'By the name in events; one that is not here is an environment of its own name.',
      max: MAX_NAMES,
    },
  ).optional(),
  applications: mapOf(
    {
      key: sent('Service or application as events name it.'),
      value: name('Application that it is.'),
    },
    { description: 'By the name in events.', max: MAX_NAMES },
  ).optional(),
  any_application: switchField(
    'Whether an application is taken that is neither `application` nor under `applications`. Default: false.',
  ).default(false),
});

function sent(description: string) {
  return text({ description, expected: 'a name as events have it', max: MAX_SENT });
}
