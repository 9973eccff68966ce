import type { ChannelSettings } from '@fairlead/notifications';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import type { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';

/** Those that a configuration may have. */
export const CHANNELS = [
  'firebase',
  'slack',
  'teams',
  'sms',
  'pagerduty',
] as const satisfies readonly ChannelSettings['channel'][];

/** Only of a name that can be configured does the error say why it is not. */
export function unknownChannel(
  name: string,
  have: {
    /** Why a channel has no destination. */
    readonly absence: (channel: string) => string;
    readonly names: readonly string[];
  },
): FairleadError {
  const { absence, names } = have;
  const why =
    CHANNELS.some((channel) => channel === name) || name.startsWith('slack:')
      ? ` (${absence(name)})`
      : '';
  const known = [...new Set(names)].join(', ') || 'none';
  return usageError(`There is no channel ${name}${why}; there are ${known}.`);
}
