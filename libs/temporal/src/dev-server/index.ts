export type { DevServerOptions } from './options.ts';
export { resolveTemporalBinary } from './resolve-binary.ts';
export { startDevServer } from './start-dev-server.ts';
export type { DevServer } from './start-dev-server.ts';
