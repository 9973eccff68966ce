export type { DeliveryLog } from './delivery-log.ts';
export type { Answer, Destination } from './destination.ts';
export { createDeliveryActivities } from './delivery/activities.ts';
export { createMessage } from './message/message.ts';
export type { LinkTo, Message, MessageFact } from './message/message.ts';
export { toPlainText } from './message/plain-text.ts';
export { createDestination } from './registry.ts';
export type { DestinationContext, DestinationName, DestinationSettings } from './registry.ts';
export { createSettingsActivities } from './settings-activities.ts';
