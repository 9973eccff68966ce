export { createDigestActivities } from './add-to-digest.ts';
export { createLookupActivities } from './lookup-record.ts';
