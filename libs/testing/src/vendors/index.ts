export type { Misbehaviour, MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';
export type { MockSlack } from './slack.ts';
export { startMockSlack } from './slack.ts';
