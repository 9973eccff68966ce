import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from '@temporalio/worker';
import { UsageError } from '../options/usage-error.ts';

export type WorkflowSource = Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'>;

interface Places {
  /** The bundle that somebody named. */
  readonly named?: string | undefined;
  /** Sources of a checkout. */
  readonly sources: string;
  /** Beside the built worker, which has no sources at this distance. */
  readonly shipped: string;
}

const PLACES = {
  sources: fileURLToPath(new URL('../../../../libs/workflows/src/index.ts', import.meta.url)),
  shipped: fileURLToPath(new URL('./workflow-bundle.js', import.meta.url)),
};

/**
 * What the control role runs: the bundle that was named, else a checkout's sources, bundled at start, else the shipped
 * bundle. So that a checkout never runs a stale bundle, it takes none that nobody named. Throws `UsageError`.
 */
export function workflowSource({ named, sources, shipped }: Places): WorkflowSource {
  if (named !== undefined) {
    if (!existsSync(named)) {
      throw new UsageError(`--workflow-bundle ${JSON.stringify(named)}: there is no such file`);
    }
    return { workflowBundle: { codePath: named } };
  }
  if (existsSync(sources)) return { workflowsPath: sources };
  if (existsSync(shipped)) return { workflowBundle: { codePath: shipped } };
  throw new UsageError(
    `no workflow bundle at ${shipped}; build it, or name one by --workflow-bundle`,
  );
}

export function defaultPlaces(named: string | undefined): Places {
  return { ...PLACES, named };
}
