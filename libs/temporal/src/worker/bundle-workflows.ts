import { bundleWorkflowCode } from '@temporalio/worker';
import type { Log } from '../logging/log.ts';
import { toTemporalLogger } from '../logging/temporal-logger.ts';

/**
 * Bundles workflow sources for the sandbox; 2 s. Run the result with exactly this version of the SDK. What the bundler
 * tells of a build that went well is for `debug`.
 */
export async function bundleWorkflows(workflowsPath: string, log: Log): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger: toTemporalLogger({
      ...log,
      info: (...line) => {
        log.debug(...line);
      },
    }),
  });
  return code;
}
