export { LOG_FIELDS } from './log-fields.ts';
export type { LogField, LogFields } from './log-fields.ts';
export { LOG_LEVELS, createLog } from './log.ts';
export type { Log, LogLevel, LogOptions } from './log.ts';
