export { connect } from './connect.ts';
export type { ConnectOptions } from './connect.ts';
export { deploymentLink } from './deployment-link.ts';
export { assertNamespace } from './namespace.ts';
export {
  SEARCH_ATTRIBUTE_NAMES,
  ensureSearchAttributes,
  lackingSearchAttributes,
  searchAttributeCommand,
} from './search-attributes.ts';
export { loadTemporalSettings } from './settings.ts';
export type { TemporalSettings } from './settings.ts';
