export { standForElection } from './election.ts';
export type { Election, ElectionNews } from './election.ts';
