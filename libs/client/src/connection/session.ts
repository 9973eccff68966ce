import type { Client } from '@temporalio/client';

/** A connection, and what a person must be told when it fails. */
export interface Session {
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
  /** A server that no worker of ours has met yet lacks them. */
  registerSearchAttributes(): Promise<void>;
  close(): Promise<void>;
}
