import type { NotifiedKind } from '@fairlead/contracts';
import type { DeliveryLog } from './delivery-log.ts';
import type { Destination } from './destination.ts';
import { createInboxChat } from './inbox/inbox-chat.ts';
import { createInboxMail } from './inbox/inbox-mail.ts';
import { createLogDestination } from './log/log-destination.ts';
import type { LinkTo } from './message/message.ts';

interface Common {
  /** Which kinds reach it; all when absent. */
  readonly kinds?: readonly NotifiedKind[];
}

interface SettingsByName {
  'inbox-mail': Common & { readonly directory: string };
  'inbox-chat': Common & { readonly directory: string };
  log: Common;
}

export type DestinationName = keyof SettingsByName;

/** A destination that the worker's settings switch on. */
export type DestinationSettings<Name extends DestinationName = DestinationName> = {
  [Each in Name]: { readonly name: Each } & SettingsByName[Each];
}[Name];

export interface DestinationContext {
  readonly log: DeliveryLog;
  readonly linkTo?: LinkTo;
}

/** To add a channel is one folder, its settings above, and one line here. */
const FACTORIES: {
  readonly [Name in DestinationName]: (
    settings: DestinationSettings<Name>,
    context: DestinationContext,
  ) => Destination;
} = {
  'inbox-mail': (settings, { linkTo }) =>
    createInboxMail({ ...settings, ...(linkTo && { linkTo }) }),
  'inbox-chat': (settings, { linkTo }) =>
    createInboxChat({ ...settings, ...(linkTo && { linkTo }) }),
  log: (settings, context) => createLogDestination({ ...settings, ...context }),
};

export function createDestination<Name extends DestinationName>(
  settings: DestinationSettings<Name>,
  context: DestinationContext,
): Destination {
  return FACTORIES[settings.name](settings, context);
}
