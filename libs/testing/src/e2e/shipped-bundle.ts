import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BUNDLER = fileURLToPath(
  new URL('../../../../tools/bundle/bundle-workflows.ts', import.meta.url),
);

/** Path of the workflows as they are shipped: the bundle that `npm test` made for all its suites, or else a new one in the directory. */
export async function shippedBundle(directory: string): Promise<string> {
  const made = process.env['FAIRLEAD_WORKFLOW_BUNDLE'];
  if (made) return made;
  const path = join(directory, 'workflow-bundle.js');
  await promisify(execFile)(process.execPath, [BUNDLER, '--out', path]);
  return path;
}
