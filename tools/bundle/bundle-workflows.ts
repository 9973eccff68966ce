/** Builds the workflow bundle that a shipped worker runs: `node tools/bundle/bundle-workflows.ts [--out FILE]` */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
/* eslint-disable @nx/enforce-module-boundaries -- a tool stands above the layers: nothing imports it */
import { createLog } from '@fairlead/temporal/logging';
import { bundleWorkflows } from '@fairlead/temporal/worker';
/* eslint-enable @nx/enforce-module-boundaries */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = resolve(values.out ?? `${ROOT}/apps/worker/dist/workflow-bundle.js`);
const log = createLog({ service: 'bundle-workflows', level: 'warn' });
const code = await bundleWorkflows(resolve(ROOT, 'libs/workflows/src/index.ts'), log);
await mkdir(dirname(out), { recursive: true });
await writeFile(out, code);
process.stdout.write(`${out} (${Math.round(code.length / 1024)} KiB)\n`);
