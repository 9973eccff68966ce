import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectionTarget } from './kubeconfig.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'fairlead-kubeconfig-'));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

interface Parts {
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly current?: string;
  readonly server?: string;
}

/** Writes a kubeconfig with the context `dev` of the cluster `c` and the user `u`. */
function kubeconfig(file: string, { cluster, user, context, current = 'dev', server }: Parts = {}) {
  const path = join(home, file);
  const text = JSON.stringify({
    'current-context': current,
    clusters: [
      { name: 'c', cluster: { server: server ?? 'https://c.example.com:6443', ...cluster } },
    ],
    users: [{ name: 'u', user: { token: 'sesame', ...user } }],
    contexts: [{ name: 'dev', context: { cluster: 'c', user: 'u', ...context } }],
  });
  writeFileSync(path, text);
  return path;
}

function target(options: { KUBECONFIG?: string; kubeconfig?: string; context?: string }) {
  const { KUBECONFIG, ...rest } = options;
  return connectionTarget({ env: { HOME: home, KUBECONFIG }, ...rest });
}

describe('connectionTarget', () => {
  it('names server, context and file of the kubeconfig that KUBECONFIG names', () => {
    const path = kubeconfig('a');

    expect(target({ KUBECONFIG: path })).toEqual({
      source: `kubeconfig ${path} (KUBECONFIG)`,
      context: 'dev',
      server: 'https://c.example.com:6443',
    });
  });

  it('takes the one of the home directory when nothing is said', () => {
    mkdirSync(join(home, '.kube'));
    const path = kubeconfig('.kube/config');

    expect(target({ KUBECONFIG: ' ' }).source).toBe(`kubeconfig ${path}`);
  });

  it('takes what is asked for before KUBECONFIG', () => {
    const path = kubeconfig('asked');

    expect(target({ kubeconfig: path, KUBECONFIG: '/nope' }).source).toContain(path);
  });

  it('passes over missing ones of several files, and lets the first win', () => {
    const first = kubeconfig('first', { server: 'https://first.example.com' });
    const second = kubeconfig('second', { server: 'https://second.example.com' });

    const { server, source } = target({ KUBECONFIG: `/nope:${first}:${second}` });

    expect(server).toBe('https://first.example.com');
    expect(source).toBe(`kubeconfig ${first}, ${second} (KUBECONFIG)`);
  });

  it('tells the namespace of the context, where it has one', () => {
    const path = kubeconfig('a', { context: { namespace: 'fairlead' } });

    expect(target({ KUBECONFIG: path })).toMatchObject({ namespace: 'fairlead' });
    expect(target({ KUBECONFIG: kubeconfig('b') })).not.toHaveProperty('namespace');
  });

  it('shows no password of the server', () => {
    const path = kubeconfig('a', { server: 'https://me:sesame@c.example.com/k8s/c1' });

    expect(target({ KUBECONFIG: path }).server).toBe('https://c.example.com/k8s/c1');
  });
});

describe('a kubeconfig that no connection can be made with', () => {
  it.each<[string, Parts, RegExp]>([
    [
      'no current context',
      { current: '' },
      /no context is the current one \(it has dev\); run kubectl/,
    ],
    [
      'an unknown context',
      { current: 'prod' },
      /no context prod \(it has dev\); correct --context/,
    ],
    ['an unknown cluster', { context: { cluster: 'x' } }, /dev is of the cluster x, which is not/],
    ['an unknown user', { context: { user: 'x' } }, /dev is of the user x, who is not there/],
    ['a server that is no URL', { server: 'c:6443' }, /no http or https URL/],
    ['a server without encryption', { server: 'http://c' }, /only with insecure-skip-tls-verify/],
    [
      'a missing CA',
      { cluster: { 'certificate-authority': '/nope/ca.crt' } },
      /context dev: certificate-authority \/nope\/ca\.crt: there is no such file/,
    ],
    [
      'a missing certificate',
      { user: { 'client-certificate': 'me.crt' } },
      /client-certificate \S+\/me\.crt: there is no such file/,
    ],
    ['a missing key', { user: { 'client-key': 'me.key' } }, /client-key \S+\/me\.key: there is no/],
  ])('is refused for %s, in words that name file and context', (_, parts, message) => {
    const path = kubeconfig('a', parts);

    const look = () => target({ KUBECONFIG: path });

    expect(look).toThrow(message);
    expect(look).toThrow(expect.objectContaining({ type: 'config-invalid' }));
    expect(look).toThrow(path);
  });

  it('is refused when there is none at all', () => {
    expect(() => target({})).toThrow(/no kubeconfig: .*\/\.kube\/config is not there.*--sandbox/);
    expect(() => target({ KUBECONFIG: '/nope' })).toThrow(
      /^kubeconfig \/nope \(KUBECONFIG\): there is no such file; correct KUBECONFIG/,
    );
  });

  it.each([
    ['', /the input is empty/],
    ['null', /empty or no map/],
    ['token: sesame\n  : [', /line \d: /],
    ['clusters: [{ name: c }]', /clusters\[0\]\.cluster is missing/],
  ])('is refused for the text %j, which is not quoted', (text, message) => {
    const path = join(home, 'a');
    writeFileSync(path, text);

    expect(() => target({ KUBECONFIG: path })).toThrow(message);
    expect(() => target({ KUBECONFIG: path })).not.toThrow(/sesame/);
  });
});
