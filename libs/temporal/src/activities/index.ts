export { createDigestActivities } from './add-to-digest.ts';
export { createForeignActivities } from './foreign.ts';
export { createLookupActivities } from './lookup-record.ts';
export { createTurnActivities } from './turns.ts';
export { createTargetLookup } from './target-lookup.ts';
