import { describe, expect, it } from '@jest/globals';
import { catchConfigError, inputsFor } from '../in-memory-files.ts';
import { loadCallerConfig, loadFullConfig } from './load-config.ts';

function loadBoth(base: string, over: string) {
  return loadFullConfig(
    inputsFor({ 'base.yaml': base, 'over.yaml': over }, { named: ['base.yaml', 'over.yaml'] }),
  );
}

// The rules of "how a file is read", section Several files, each by its name.
describe('several files', () => {
  it('merge maps by key, at every depth', () => {
    const { values } = loadBoth(
      'application: shop\nenvironments: { a: { namespace: one, cluster: eu }, b: {} }\n',
      'environments: { a: { namespace: two }, c: {} }\n',
    );

    expect(values).toEqual({
      application: 'shop',
      environments: { a: { namespace: 'two', cluster: 'eu' }, b: {}, c: {} },
    });
  });

  it('replace lists and scalars whole', () => {
    const { values } = loadBoth(
      'application: shop\ncanary: { bake: 5m, steps: [{ weight: 1 }, { weight: 2 }] }\n',
      'application: store\ncanary: { steps: [{ weight: 3 }] }\n',
    );

    expect(values).toEqual({
      application: 'store',
      canary: { bake: '5m', steps: [{ weight: 3 }] },
    });
  });

  it('take nothing away by a null, which is an error', () => {
    const error = catchConfigError(() => loadBoth('application: shop\n', 'application: null\n'));

    expect(error?.problems).toMatchObject([{ code: 'empty-value', file: 'over.yaml' }]);
  });

  it('keep the file and line of each value', () => {
    const { entries } = loadBoth(
      'application: shop\ncanary: { bake: 5m }\n',
      '\ncanary: { bake: 6m }\n',
    );

    expect(entries.map(({ path, origin }) => [path, origin])).toEqual([
      ['application', { kind: 'file', file: 'base.yaml', line: 1, column: 14 }],
      ['canary.bake', { kind: 'file', file: 'over.yaml', line: 2, column: 17 }],
    ]);
  });

  it('have the errors of all of them named at once', () => {
    const error = catchConfigError(() => loadBoth('aplication: x\ncanary:\n', 'application: "x\n'));

    expect(error?.problems.map(({ file, line }) => `${String(file)}:${String(line)}`)).toEqual([
      'base.yaml:2',
      'over.yaml:2',
      'base.yaml:1',
    ]);
  });
});

describe('finding the files', () => {
  it.each(['fairlead.yaml', 'fairlead.yml', 'fairlead.json'])(
    'takes %s of the working directory',
    (file) => {
      const config = loadFullConfig(inputsFor({ [file]: '{ "application": "shop" }' }));

      expect(config.files).toEqual([file]);
      expect(config.values.application).toBe('shop');
    },
  );

  it('does not choose between two of them', () => {
    const inputs = inputsFor({ 'fairlead.yaml': 'application: a', 'fairlead.json': '{}' });

    expect(catchConfigError(() => loadFullConfig(inputs))?.message).toContain(
      'name one with --config',
    );
  });

  it('takes FAIRLEAD_CONFIG before them, and --config before that', () => {
    const files = {
      'fairlead.yaml': 'application: a',
      'b.yaml': 'application: b',
      'c.yaml': 'application: c',
    };
    const env = { FAIRLEAD_CONFIG: 'b.yaml' };

    expect(loadFullConfig(inputsFor(files, { env })).values.application).toBe('b');
    expect(loadFullConfig(inputsFor(files, { env, named: ['c.yaml'] })).values.application).toBe(
      'c',
    );
  });

  it('is fine with none, since flags may give everything', () => {
    expect(loadCallerConfig(inputsFor({}))).toEqual({
      values: {},
      files: [],
      entries: [],
      secretFiles: [],
      off: [],
      warnings: [],
    });
  });

  it('is not fine with one that is named and not there', () => {
    const inputs = inputsFor({}, { named: ['gone.yaml'] });

    expect(catchConfigError(() => loadCallerConfig(inputs))?.problems).toEqual([
      { code: 'file', file: 'gone.yaml', path: '', message: 'no such file' },
    ]);
  });
});

describe('whose file counts', () => {
  const text =
    'application: shop\nnotification:\n  slack: { webhook_url: "${SLACK_WEBHOOK_URL}", wrong: 1 }\nroles: 5\n';

  it('needs no secret and looks into no block of the worker for a caller', () => {
    const config = loadCallerConfig(inputsFor({ 'fairlead.yaml': text }));

    expect(config.values).toEqual({ application: 'shop' });
  });

  it('resolves them all for the worker', () => {
    const error = catchConfigError(() => loadFullConfig(inputsFor({ 'fairlead.yaml': text })));

    expect(error?.problems.map(({ code }) => code)).toEqual([
      'unknown-key',
      'variable-not-set',
      'type',
    ]);
  });

  it('resolves only what a command asks for', () => {
    const config = loadCallerConfig(
      inputsFor({
        'fairlead.yaml': 'application: shop\ncomponents: [{ name: api, image: "${IMAGE}" }]\n',
      }),
      ['application'],
    );

    expect(config.values).toEqual({ application: 'shop' });
  });

  it('names an unknown block for a caller too', () => {
    const error = catchConfigError(() =>
      loadCallerConfig(inputsFor({ 'fairlead.yaml': 'enviroments: {}\n' })),
    );

    expect(error?.message).toContain('did you mean environments?');
  });
});
