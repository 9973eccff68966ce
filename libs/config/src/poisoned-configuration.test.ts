import { describe, expect, it } from '@jest/globals';
import { catchConfigError, loadCallerText, problemsOf } from './in-memory-files.ts';

/** A little less than the most that a file may hold. */
const MEGABYTE = 1_000_000;

function repeatTo(size: number, line: (index: number) => string): string {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    lines.push(line(index));
    length += line(index).length;
  }
  return lines.join('');
}

const LAUGHS = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}*a${n}]`),
].join('\n');

// F17: refused before any write, with path and line. What it costs is measured by hand, not here.
describe('a poisoned configuration', () => {
  it.each([
    ['a megabyte of keys', repeatTo(MEGABYTE, (n) => `key${n}: v\n`), 1],
    ['a megabyte of one list', `components:\n${repeatTo(MEGABYTE, () => '- a\n')}`, 1],
    ['a megabyte of variables', `application: ${'${A}'.repeat(MEGABYTE / 4)}\n`, 1],
    ['a megabyte of ill-formed variables', `application: "${'${'.repeat(MEGABYTE / 2)}"\n`, 1],
    ['a megabyte of one text', `application: "${'x'.repeat(MEGABYTE)}"\n`, 1],
    ['a megabyte of anchors', repeatTo(MEGABYTE, (n) => `k${n}: &a${n} v\n`), 1],
    ['a megabyte of duplicate keys', repeatTo(MEGABYTE, () => 'application: shop\n'), 2],
    ['a megabyte of quotes', `application: ${'"'.repeat(MEGABYTE)}\n`, 1],
    ['more than a megabyte', '#'.repeat(2 * MEGABYTE), 1],
    ['a billion laughs', LAUGHS, 1],
    ['eighty thousand aliases', `a: &a x\n${repeatTo(MEGABYTE, (n) => `k${n}: *a\n`)}`, 1],
    ['deep brackets', `canary: ${'['.repeat(MEGABYTE)}`, 1],
    ['deep braces', `canary: ${'{a: '.repeat(MEGABYTE / 4)}`, 1],
    ['deep dashes', `canary:\n  ${'- '.repeat(MEGABYTE / 2)}`, 2],
    ['deep question marks', '? '.repeat(MEGABYTE / 2), 1],
    ['deep indentation', repeatTo(MEGABYTE, (n) => `${' '.repeat(n)}a:\n`), 1],
  ])('is refused with its line: %s', (_, text, line) => {
    const found = problemsOf(text);

    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatchObject({ file: 'fairlead.yaml' });
    expect(found[0]?.line).toBeGreaterThanOrEqual(line);
    expect(found[0]?.column).toBeGreaterThanOrEqual(1);
  });

  it.each([
    [501, 3, '501 elements; expected at most 500'],
    [10_000, 4002, 'too many values for a configuration'],
  ])('is refused with path and line: %d steps', (count, line, message) => {
    const found = problemsOf(`canary:\n  steps:\n${'    - weight: 10\n'.repeat(count)}`);

    expect(found).toMatchObject([{ code: 'limit', file: 'fairlead.yaml', line, message }]);
    expect(found[0]?.path).toMatch(/^canary\.steps/);
  });

  it('is refused with path and line: 10,000 steps by aliases of 100', () => {
    const hundred = `[${Array(100).fill('{ weight: 1 }').join(', ')}]`;

    const found = problemsOf(
      `canary: &c { steps: &s ${hundred} }\ncomponents: [${Array(99).fill('*s').join(', ')}]\n`,
    );

    expect(found[0]).toMatchObject({ line: 1, path: 'components[0]' });
  });

  it.each(['-1', '-0.5', '101', '1e2', 'NaN', '"10"', '0x10', '010', 'true', '[10]', '{ a: 1 }'])(
    'is refused with path and line: a weight of %s',
    (weight) => {
      expect(problemsOf(`canary:\n  steps:\n    - weight: ${weight}\n`)[0]).toMatchObject({
        line: 3,
        path: 'canary.steps[0].weight',
      });
    },
  );

  it.each([
    ['application', 'application'],
    ['components', 'components'],
    ['environments', 'environments'],
    ['canary', 'canary'],
    ['canary.steps', 'canary: { steps'],
    ['canary.traffic', 'canary: { traffic'],
    ['canary.bake', 'canary: { bake'],
    ['environments.a', 'environments: { a'],
    ['environments.a.namespace', 'environments: { a: { namespace'],
    ['environments.a.on_busy', 'environments: { a: { on_busy'],
    ['monitoring_systems', 'monitoring_systems'],
    ['monitoring_systems.datadog.api_key', 'monitoring_systems: { datadog: { app_key: a, api_key'],
    ['notification', 'notification'],
    ['notification.page_owner', 'notification: { page_owner'],
    ['notification.templates', 'notification: { templates'],
    ['remediation', 'remediation'],
    ['remediation.max_attempts', 'remediation: { max_attempts'],
    ['roles', 'roles'],
    ['roles.a.channels', 'roles: { a: { events: [status], channels'],
  ])('is refused with path and line: a wrong type at %s', (path, head) => {
    const closing = '}'.repeat((head.match(/\{/g) ?? []).length);
    const wrong = ['-5', '[[[]]]', '{ x: [] }', 'true', '[1, [2]]', '{ 1: 2 }', '"\\u0001"'];

    for (const value of wrong) {
      const found = problemsOf(`# poisoned\n${head}: ${value} ${closing}\n`);

      expect(found[0]).toMatchObject({ file: 'fairlead.yaml', line: 2 });
      expect(found[0]?.path.startsWith(path)).toBe(true);
    }
  });

  it.each([
    ['at the top', '__proto__: { application: evil }\n'],
    ['in a block', 'canary:\n  __proto__: { bake: 1m }\n'],
    ['as the name of an environment', 'environments:\n  __proto__: { namespace: evil }\n'],
    ['as the name of a role', 'roles:\n  constructor: { channels: [slack], events: [failure] }\n'],
    ['in JSON', '{"environments": {"prototype": {}}}\n'],
    ['behind an escape', '{"\\u005f_proto__": {"application": "evil"}}\n'],
  ])('reaches no prototype %s', (_, text) => {
    const found = problemsOf(text);

    expect(found[0]).toMatchObject({ code: 'unsupported', file: 'fairlead.yaml' });
    expect(({} as { application?: string }).application).toBeUndefined();
  });

  it('is refused for a caller as for the worker', () => {
    expect(catchConfigError(() => loadCallerText(LAUGHS))?.problems[0]).toMatchObject({
      code: 'limit',
    });
  });
});
