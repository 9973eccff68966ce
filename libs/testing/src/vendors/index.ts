export { startMockVendor } from './mock-vendor.ts';
export type { Misbehaviour, MockVendor, VendorReply, VendorRequest } from './mock-vendor.ts';
export type { MockSlack } from './slack.ts';
export { startMockSlack } from './slack.ts';
export type { MockPagerduty, PagerdutyEventBody, PagerdutyIncident } from './pagerduty.ts';
export { startMockPagerduty } from './pagerduty.ts';
export type { MockTwilio, TwilioForm } from './twilio.ts';
export { startMockTwilio } from './twilio.ts';
export type { MockTeams, TeamsMessage } from './teams.ts';
export { startMockTeams } from './teams.ts';
export type { MockFirebase } from './firebase.ts';
export { startMockFirebase } from './firebase.ts';
export type { FcmMessage, MockFcm } from './firebase-fcm.ts';
export type { MockFirestore } from './firebase-firestore.ts';
export { startMockDatadog } from './datadog.ts';
export type { MockDatadog } from './datadog.ts';
export type {
  GrafanaAnnotation,
  GrafanaDashboard,
  GrafanaDataSource,
  GrafanaFolder,
  GrafanaRule,
  MockGrafana,
} from './grafana.ts';
export { startMockGrafana } from './grafana.ts';
export type { GrafanaContract } from './grafana-contract.ts';
export { readGrafanaContract } from './grafana-contract.ts';
