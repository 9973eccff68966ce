import { untriable } from './check.ts';
import type { Finding } from './check.ts';
import { checkFirebase } from './firebase/check.ts';
import { checkPagerduty } from './pagerduty/check.ts';
import type { ChannelSettings } from './registry.ts';
import { checkSms } from './sms/check.ts';

/** A channel that can be asked how it is. */
export interface CheckableChannel {
  /** As a role calls it: `sms`, `slack:releases`. */
  readonly name: string;
  /**
   * Sends nothing to people. Ends soon after the signal.
   * @throws AdapterError of the `vendor-…` types; `config-invalid` where a key file is unusable
   */
  check(signal: AbortSignal): Promise<Finding>;
}

/** Undefined of what stays on this machine: there is no vendor to be asked. */
export function checkableChannel(settings: ChannelSettings): CheckableChannel | undefined {
  switch (settings.channel) {
    case 'sms':
      return { name: 'sms', check: (signal) => checkSms(settings, signal) };
    case 'pagerduty':
      return { name: 'pagerduty', check: (signal) => checkPagerduty(settings, signal) };
    case 'firebase':
      return { name: 'firebase', check: (signal) => checkFirebase(settings, signal) };
    case 'slack':
      return webhook(settings.name);
    case 'teams':
      return webhook('teams');
    case 'log':
    case 'inbox-mail':
    case 'inbox-chat':
    case 'inbox-monitoring':
      return undefined;
  }
}

function webhook(name: string): CheckableChannel {
  const finding = untriable(name, 'a webhook says nothing until something is posted');
  return { name, check: () => Promise.resolve(finding) };
}
