export interface DevServerOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Port of the Web UI, or `false` for none. Default: a free one. */
  readonly uiPort?: number | false;
  /** Default `127.0.0.1`. */
  readonly ip?: string;
  /** Default `default`, which exists in any case. */
  readonly namespace?: string;
  /** Keeps the server's state over a restart. Default: in memory. */
  readonly dbFile?: string;
  /** Keywords to register. Default: all of ours. */
  readonly searchAttributes?: readonly string[];
  /** Default: found by `resolveTemporalBinary`. */
  readonly binary?: string;
  /** Longest wait until it answers. Default 20,000: it takes 0.3 s, a busy machine many times that. */
  readonly timeoutMs?: number;
}
