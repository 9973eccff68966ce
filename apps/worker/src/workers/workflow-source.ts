import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundleOption } from '@temporalio/worker';
import type { Log } from '@fairlead/temporal/logging';
import { bundleWorkflows } from '@fairlead/temporal/worker';
import { UsageError } from '../options/usage-error.ts';

export type WorkflowSource = { readonly bundle: string } | { readonly sources: string };

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

export function defaultPlaces(named: string | undefined): Places {
  return { ...PLACES, named };
}

/**
 * What the control role runs: the bundle that was named, else a checkout's sources, else the shipped bundle. So that a
 * checkout never runs a stale bundle, it takes none that nobody named. Throws `UsageError`.
 */
export function workflowSource({ named, sources, shipped }: Places): WorkflowSource {
  if (named !== undefined) {
    if (existsSync(named)) return { bundle: named };
    throw new UsageError(`--workflow-bundle ${JSON.stringify(named)}: there is no such file`);
  }
  if (existsSync(sources)) return { sources };
  if (existsSync(shipped)) return { bundle: shipped };
  throw new UsageError(
    `no workflow bundle at ${shipped}; build it, or name one by --workflow-bundle`,
  );
}

/** A bundle that is there, or one made of the sources now. */
export async function toBundle(source: WorkflowSource, log: Log): Promise<WorkflowBundleOption> {
  if ('bundle' in source) return { codePath: source.bundle };
  return { code: await bundleWorkflows(source.sources, log) };
}
