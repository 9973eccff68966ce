export { createTargetList } from './list-targets.ts';
export type { TargetList } from './list-targets.ts';
