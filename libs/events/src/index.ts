export { isCloudEvent, readCloudEvent } from './cdevents/read-cloudevent.ts';
export { readFlux } from './flux/read-flux.ts';
export { readGitHub } from './github/read-github.ts';
export { readPlain } from './read-plain.ts';
export type { Headers, Reading } from './reading.ts';
