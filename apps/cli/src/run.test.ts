import { describe, expect, it } from '@jest/globals';
import { createIo } from './io.ts';
import { run } from './run.ts';

function fairlead(...args: readonly string[]) {
  return fairleadIn({}, ...args);
}

async function fairleadIn(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const io = createIo({
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
  });
  return { exitCode: await run(args, io), stdout, stderr };
}

describe('run', () => {
  it.each([
    [['--help']],
    [['deploy', '--help']],
    [['config', 'show', '--help']],
    [['help']],
    [['help', 'deploy']],
  ])('prints help for %j and exits 0', async (args) => {
    const { exitCode, stdout, stderr } = await fairlead(...args);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Usage: fairlead');
  });

  it('marks in the help what cannot be left out', async () => {
    const { stdout } = await fairlead('notify', 'route', '--help');

    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /--event <type> [^-]* \(required\) -e, --environment <env> [^-]* \(required\) --at /,
    );
    expect(stdout.match(/\(required\)/g)).toHaveLength(2);
  });

  it.each([
    [['deploy', '-e', 'staging', '--typ', 'canary'], /unknown option '--typ'[^]*--type/],
    [['deploy'], /--environment.*not specified/],
    [['deploy', '-e', 'staging', '--type', 'blue'], /choices are rolling, canary\./],
    [['deploy', '-e', 'staging', '--type', 'blue-green'], /not available yet.*rolling, canary/],
    [['rollback', '-e', 'staging', '--on-busy', 'supersede'], /not available yet.*refuse, queue/],
    [
      ['deploy', '-e', 'staging', '--simulate-failure', 'never'],
      /canary, health, promotion, rollback/,
    ],
    [['deploy', '-e', 'Staging!'], /Expected a name/],
    [['deploy', '-e', 'staging', '--timeout', '5'], /with a unit/],
    [['depoly'], /unknown command 'depoly'[^]*deploy[^]*See `fairlead --help`/],
    [['help', 'depoly'], /no command 'depoly'/],
    [['config', 'validate', '-e', 'x'], /See `fairlead config validate --help`/],
    [['config', 'nope'], /See `fairlead config --help`/],
    [['--nope', 'deploy'], /unknown option '--nope'/],
    [['status', 'a', 'b'], /too many arguments/],
    [['up', '--state', 'x'], /--state is the sandbox’s/],
    [['plan', '-e', 'staging'], /unknown command/],
    [[], /No command given/],
  ])('refuses %j with exit 2 and one helpful message', async (args, message) => {
    const { exitCode, stdout, stderr } = await fairlead(...args);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('prints one JSON document for a usage error with --json', async () => {
    const { exitCode, stdout } = await fairlead('list', '--limit', 'many', '--json');

    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { type: 'usage', exitCode: 2 } });
  });

  it('quotes commands as npx takes them where npx started it, but not in JSON', async () => {
    const npx = { npm_command: 'exec' };
    const { stdout, stderr } = await fairleadIn(npx, 'depoly', '--json');

    expect(stderr).toContain('See `npx fairlead --help`');
    expect(stdout).toContain('See `fairlead --help`');
    expect((await fairleadIn(npx, '--help')).stdout).toContain('\n  npx fairlead up --sandbox');
  });

  it('says its version, for people and for programs', async () => {
    expect((await fairlead('version')).stdout).toMatch(/^fairlead \d+\.\d+\.\d+ \(Node v/);
    expect((await fairlead('--version')).stdout).toMatch(/^fairlead \d+\.\d+\.\d+ \(Node v/);
    expect((await fairlead('-V')).exitCode).toBe(0);
    expect(JSON.parse((await fairlead('version', '--json')).stdout)).toHaveProperty('fairlead');
  });
});
