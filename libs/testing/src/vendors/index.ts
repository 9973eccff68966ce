export type { Misbehaviour, MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';
export type { MockSlack } from './slack.ts';
export { startMockSlack } from './slack.ts';
export type { MockPagerduty, PagerdutyEventBody, PagerdutyIncident } from './pagerduty.ts';
export { startMockPagerduty } from './pagerduty.ts';
