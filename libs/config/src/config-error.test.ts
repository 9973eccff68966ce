import { describe, expect, it } from '@jest/globals';
import { catchConfigError, loadText, problemsOf } from './in-memory-files.ts';

// The rules of "how a file is read", section Errors, each by its name.
describe('errors', () => {
  it('name file, path, line and column, what was expected, and the nearest known key', () => {
    const error = catchConfigError(() =>
      loadText('environments:\n  staging:\n    namespce: shop\n'),
    );

    expect(error?.message).toBe(
      'fairlead.yaml:3:5: environments.staging.namespce: unknown key namespce; did you mean namespace?',
    );
    expect(error?.problems[0]?.expected).toContain('cluster, namespace, type');
  });

  it('list the known keys where none is near', () => {
    expect(problemsOf('canary: { frobnicate: 1 }\n')[0]?.message).toBe(
      'unknown key (a key of 10 characters); known here: traffic, steps, progress_deadline, bake',
    );
  });

  it('come all at once', () => {
    const found = problemsOf(
      'aplication: shop\ncomponents:\n  - name: API\n    image: Shop:1\nenvironments:\n  s: { type: canry, bake: 5 }\nroles:\n  ops: { channels: [slak], events: [] }\n',
    );

    expect(found.map(({ path }) => path)).toEqual([
      'aplication',
      'components[0].name',
      'components[0].image',
      'environments.s.type',
      'environments.s.bake',
      'roles.ops.channels[0]',
      'roles.ops.events',
    ]);
  });

  it('come all at once for several files', () => {
    const found = problemsOf('application:\ncomponents: x\n');

    expect(found).toHaveLength(2);
  });

  it('show a value that stands in the file at a field that is no secret', () => {
    expect(problemsOf('environments: { s: { type: canry } }\n')[0]?.message).toBe(
      '"canry" is not one of rolling, canary, blue-green; did you mean canary?',
    );
  });

  it('show it shortened and with nothing that a terminal could obey', () => {
    const found = problemsOf(
      `environments: { s: { namespace: "\\e[31m\\u202e${'x'.repeat(100)}" } }\n`,
    );

    expect(found[0]?.message).toContain('"\\u001b[31m\\u{202e}xxx');
    expect(found[0]?.message).toContain('x…" is not');
  });

  it('describe a value that came in by a variable', () => {
    const found = problemsOf('environments: { s: { type: "${TYPE}", namespace: "a-${NS}" } }\n', {
      TYPE: 'canry',
      NS: 'B C',
    });

    expect(found.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^NS \(5 characters\) is not a name/),
      'TYPE (5 characters) is not one of rolling, canary, blue-green',
    ]);
  });

  it('describe the value of a secret that stands in the file', () => {
    expect(problemsOf('notification: { teams: { webhook_url: hunter2 } }\n')[0]?.message).toBe(
      'the value (7 characters) is not an http or https URL: it has no scheme; it begins with https://',
    );
  });

  it('describe a secret that came in by a variable', () => {
    expect(
      problemsOf('notification: { teams: { webhook_url: "${HOOK}" } }\n', {
        HOOK: 'ftp://hunter2',
      })[0]?.message,
    ).toBe('HOOK (13 characters) is not an http or https URL');
  });

  it('show no value of an unknown key, and no key that may be anything', () => {
    const found = problemsOf(
      'notification: { teams: { webhok: hunter2, hunter2: x, webhook_url: https://e.com } }\n',
    );

    expect(found).toHaveLength(2);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('have no cause, and a JSON form', () => {
    const error = catchConfigError(() => loadText('application: Shop\n'));

    expect(error?.cause).toBeUndefined();
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      error: 'configuration',
      more: 0,
      problems: [
        {
          code: 'value',
          file: 'fairlead.yaml',
          line: 1,
          column: 14,
          path: 'application',
          expected: expect.stringContaining('lower-case letters'),
          message: expect.stringContaining('"Shop" is not a name'),
        },
      ],
    });
  });

  it('are a hundred at most, and say how many more there are', () => {
    const components = Array.from({ length: 150 }, (_, index) => `  - name: X${index}\n`).join('');

    const error = catchConfigError(() => loadText(`components:\n${components}`));

    expect(error?.problems).toHaveLength(100);
    expect(error?.message).toMatch(/and 50 more$/);
  });
});
