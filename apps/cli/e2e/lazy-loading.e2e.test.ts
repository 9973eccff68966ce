import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFolder, run } from './fairlead.ts';

/** Writes the address of every module that is resolved, whether imported or required. */
const TRACE = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      writeSync(2, 'MODULE ' + resolved.url + '\\n');
      return resolved;
    },
  });
`)}`;
const HEAVY =
  /node_modules\/(@temporalio|@grpc|protobufjs|zod|yaml|pino|@slack|twilio|firebase-admin|@pagerduty|@microsoft)\/|\/libs\/(notifications|settings)\//;

let folder: Awaited<ReturnType<typeof createFolder>>;

beforeAll(async () => {
  folder = await createFolder();
});

afterAll(() => folder.remove());

async function modulesOf(...args: readonly string[]): Promise<string[]> {
  const { stderr } = await run(args, {
    cwd: folder.path,
    // The sources: what is built has its modules in pieces without their names.
    env: { TEMPORAL_ADDRESS: '127.0.0.1:1', FAIRLEAD_BUILT: '' },
    nodeArgs: ['--import', TRACE],
  });
  return stderr.split('\n').filter((line) => line.startsWith('MODULE '));
}

describe('what is loaded', () => {
  it.each([
    [['--help']],
    [['deploy', '--help']],
    [['notify', 'route', '--help']],
    [['version']],
    [['completion', 'bash']],
    [['deploy', '--nope']],
  ])('is neither Temporal nor a schema for %j', async (args) => {
    const modules = await modulesOf(...args);

    expect(modules.length).toBeGreaterThan(10);
    expect(modules.filter((module) => HEAVY.test(module))).toEqual([]);
  });

  it('is seen by this test where it is needed', async () => {
    const modules = await modulesOf('list');

    expect(modules.some((module) => module.includes('/@temporalio/client/'))).toBe(true);
  });
});
