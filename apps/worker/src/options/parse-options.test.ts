import { describe, expect, it } from '@jest/globals';
import { parseOptions } from './parse-options.ts';
import { USAGE } from './usage.ts';
import type { WorkerOptions } from './worker-options.ts';

function optionsOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): WorkerOptions {
  const invocation = parseOptions(args, env);
  if (invocation.kind !== 'run') throw new Error(`expected a run, got ${invocation.kind}`);
  return invocation.options;
}

describe('parseOptions', () => {
  it('serves both roles of the cluster "default" when nothing is said', () => {
    expect(optionsOf([])).toEqual({
      role: 'both',
      cluster: 'default',
      configFiles: [],
      connectTimeoutMs: 60_000,
      logLevel: 'info',
      rates: {},
    });
  });

  it('takes every option by flag', () => {
    const args =
      '--role cluster --cluster eu-west --config a.yaml --config b.yaml --kubeconfig k --context c ' +
      '--connect-timeout 5m --health-port 8080 --health-host 0.0.0.0 --metrics-address 127.0.0.1:9464 ' +
      '--delivery-rate inbox-chat=0.5 --ui-url http://ui/ --workflow-bundle b.js --log-level debug';

    expect(optionsOf(args.split(' '))).toEqual({
      role: 'cluster',
      cluster: 'eu-west',
      configFiles: ['a.yaml', 'b.yaml'],
      kubeconfig: 'k',
      context: 'c',
      connectTimeoutMs: 300_000,
      health: { host: '0.0.0.0', port: 8080 },
      metricsAddress: '127.0.0.1:9464',
      rates: { 'inbox-chat': 0.5 },
      uiUrl: 'http://ui',
      workflowBundle: 'b.js',
      logLevel: 'debug',
    });
  });

  it('takes the environment, and the flag before it', () => {
    const env = {
      FAIRLEAD_ROLE: 'control',
      FAIRLEAD_CLUSTER: ' eu ',
      FAIRLEAD_SANDBOX: 'dir',
      FAIRLEAD_HEALTH_PORT: '0',
      FAIRLEAD_LOG_LEVEL: 'WARN',
      FAIRLEAD_DELIVERY_RATE: 'inbox-chat=2,other=3',
      FAIRLEAD_CONNECT_TIMEOUT: '',
    };

    expect(optionsOf(['--role', 'both'], env)).toMatchObject({
      role: 'both',
      cluster: 'eu',
      sandbox: 'dir',
      health: { host: '127.0.0.1', port: 0 },
      logLevel: 'warn',
      rates: { 'inbox-chat': 2, other: 3 },
      connectTimeoutMs: 60_000,
    });
  });

  it('takes the rate of a named destination, and of one beside it', () => {
    const args = ['--delivery-rate', 'slack:releases=2', '--delivery-rate', 'slack=0.5'];

    expect(optionsOf(args).rates).toEqual({ 'slack:releases': 2, slack: 0.5 });
    expect(optionsOf([], { FAIRLEAD_DELIVERY_RATE: 'slack:releases=2,sms=1' }).rates).toEqual({
      'slack:releases': 2,
      sms: 1,
    });
  });

  it.each([
    ['--role worker', /--role "worker": expected one of control, cluster, both/],
    ['--cluster Not/A/Name', /--cluster "Not\/A\/Name": expected a name/],
    ['--connect-timeout 60', /--connect-timeout "60": expected a number with its unit/],
    ['--health-port 70000', /--health-port "70000": expected a port/],
    ['--metrics-address 9464', /--metrics-address "9464": expected HOST:PORT/],
    ['--delivery-rate chat', /--delivery-rate "chat": expected NAME=/],
    ['--delivery-rate slack:=2', /--delivery-rate "slack:=2": expected NAME=/],
    ['--delivery-rate slack:a:b=2', /--delivery-rate "slack:a:b=2": expected NAME=/],
    ['--ui-url ftp://x', /--ui-url "ftp:\/\/x": expected an http/],
    ['--log-level loud', /--log-level "loud": expected one of/],
    ['--nope', /Unknown option '--nope'/],
    ['surplus', /Unexpected argument 'surplus'/],
    ['--sandbox d --kubeconfig k', /give it or --kubeconfig, not both/],
  ])('refuses %s in one line', (args, message) => {
    expect(() => parseOptions(args.split(' '), {})).toThrow(message);
  });

  it('asks for help or version before anything else', () => {
    expect(parseOptions(['--help', '--role', 'x'], {}).kind).toBe('help');
    expect(parseOptions(['--version'], {}).kind).toBe('version');
  });

  it('has every flag in its help', () => {
    const flags = [
      'role',
      'cluster',
      'config',
      'kubeconfig',
      'context',
      'sandbox',
      'connect-timeout',
    ];
    const more = ['health-port', 'health-host', 'metrics-address', 'delivery-rate', 'ui-url'];

    for (const flag of [...flags, ...more, 'workflow-bundle', 'log-level']) {
      expect(USAGE).toContain(`--${flag} `);
    }
  });
});
