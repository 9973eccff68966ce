import { ConfigError } from '../config-error.ts';
import { loadFullConfig } from './load-config.ts';
import type { FullConfig } from './load-config.ts';
import type { ConfigInputs } from './config-inputs.ts';

export type ReloadResult =
  | { readonly status: 'reloaded'; readonly config: FullConfig }
  /** The new configuration is broken; the old one stays in force. */
  | { readonly status: 'kept'; readonly config: FullConfig; readonly error: ConfigError };

export interface ConfigReloader {
  /** What is in force. */
  current(): FullConfig;
  /** Why the last reading was not taken over; undefined when it was. For `doctor`. */
  lastError(): ConfigError | undefined;
  /** Reads again. Never throws for a configuration that is broken. */
  reload(): ReloadResult;
}

/**
 * The worker's configuration, read now and again on demand: the application wires SIGHUP and file watching.
 * @throws ConfigError when the first reading fails
 */
export function createConfigReloader(
  inputs: ConfigInputs,
  load: (inputs: ConfigInputs) => FullConfig = loadFullConfig,
): ConfigReloader {
  let config = load(inputs);
  let error: ConfigError | undefined;
  return {
    current: () => config,
    lastError: () => error,
    reload() {
      try {
        config = load(inputs);
        error = undefined;
        return { status: 'reloaded', config };
      } catch (thrown) {
        if (!(thrown instanceof ConfigError)) throw thrown;
        error = thrown;
        return { status: 'kept', config, error };
      }
    },
  };
}
