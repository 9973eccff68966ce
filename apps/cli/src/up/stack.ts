import { join, resolve } from 'node:path';
import { startDevServer } from '@fairlead/temporal/dev-server';
import type { DevServer } from '@fairlead/temporal/dev-server';
import type { UpOptions } from '../commands/up.ts';
import { assertPortFree } from './port-free.ts';
import { ensureSampleConfig } from './sample-config.ts';
import { lockState } from './state-lock.ts';
import { startWorker } from './worker-process.ts';
import type { WorkerProcess } from './worker-process.ts';
import { workerIsReady } from './worker-ready.ts';

export interface Stack {
  readonly server: DevServer;
  readonly worker: WorkerProcess;
  /** Resolves when a deployment would be taken at once. */
  readonly ready: Promise<void>;
  readonly sandbox?: Sandbox;
  /** Resolves with what ended of itself. */
  readonly broken: Promise<Broken>;
  stop(): Promise<void>;
}

interface Sandbox {
  /** Where its messages arrive. */
  readonly inbox: string;
  /** A configuration that fits its cluster. */
  readonly sample: string;
}

export interface Broken {
  readonly who: 'Temporal' | 'The worker';
  /** Exit code, or name of the signal. */
  readonly how: number | string;
}

export type StackOptions = UpOptions & { readonly uiPort: number; readonly state: string };

/** Starts the server, then the worker; nothing is left behind when one of them does not come up. */
export async function startStack(options: StackOptions, env: NodeJS.ProcessEnv): Promise<Stack> {
  await assertPortFree(options.port, '--port');
  await assertPortFree(options.uiPort, '--ui-port');
  const release = options.sandbox === true ? lockState(resolve(options.state)) : () => undefined;
  try {
    return await startLocked({ options, env, release });
  } catch (error) {
    release();
    throw error;
  }
}

interface Locked {
  readonly options: StackOptions;
  readonly env: NodeJS.ProcessEnv;
  readonly release: () => void;
}

async function startLocked({ options, env, release }: Locked): Promise<Stack> {
  const server = await startDevServer({
    port: options.port,
    uiPort: options.uiPort,
    ...(options.db === undefined ? {} : { dbFile: resolve(options.db) }),
  });
  const { address, namespace } = server;
  const childEnv = { ...env, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const ended = new AbortController();
  try {
    const worker = await startWorker(workerArguments(options, server), childEnv);
    return {
      server,
      worker,
      ready: workerIsReady(childEnv, ended.signal),
      ...(options.sandbox === true ? { sandbox: sandboxIn(resolve(options.state)) } : {}),
      broken: Promise.race([
        server.exited.then((how) => ({ who: 'Temporal' as const, how })),
        worker.exited.then((how) => ({ who: 'The worker' as const, how })),
      ]),
      async stop() {
        ended.abort();
        await worker.stop();
        await server.stop();
        release();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function sandboxIn(state: string): Sandbox {
  return { inbox: join(state, 'inbox.jsonl'), sample: ensureSampleConfig(state) };
}

function workerArguments(options: StackOptions, { uiUrl }: DevServer): string[] {
  return [
    ...['--role', 'both', '--log-level', options.logLevel],
    ...(options.sandbox === true ? ['--sandbox', resolve(options.state)] : []),
    ...(options.kubeconfig === undefined ? [] : ['--kubeconfig', resolve(options.kubeconfig)]),
    ...(uiUrl === undefined ? [] : ['--ui-url', uiUrl]),
    ...(options.config ?? []).flatMap((file) => ['--config', resolve(file)]),
  ];
}
