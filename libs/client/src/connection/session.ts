import type { Client } from '@temporalio/client';

/** Whom calls go to, and what a person must be told of it when they fail. */
export interface Server {
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
}

/** A connection of one's own. */
export interface Session extends Server {
  /** A server that no worker of ours has met yet lacks them. */
  registerSearchAttributes(): Promise<void>;
  close(): Promise<void>;
}
