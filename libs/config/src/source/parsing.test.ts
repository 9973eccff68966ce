import { describe, expect, it } from '@jest/globals';
import { catchConfigError, inputsFor, loadText, problemsOf } from '../in-memory-files.ts';
import { loadFullConfig } from '../load/load-config.ts';

// The rules of docs "how a file is read", section Parsing, each by its name.
describe('parsing', () => {
  it('reads UTF-8 with a byte order mark, and counts columns without it', () => {
    const config = loadText('\uFEFFapplication: shop\n');

    expect(config.values.application).toBe('shop');
    expect(config.entries[0]?.origin).toMatchObject({ line: 1, column: 14 });
  });

  it('reads CRLF as LF', () => {
    const config = loadText('application: shop\r\nenvironments:\r\n  staging: {}\r\n');

    expect(config.values).toEqual({ application: 'shop', environments: { staging: {} } });
  });

  it('refuses bytes that are not UTF-8', () => {
    const inputs = inputsFor({ 'fairlead.yaml': Uint8Array.of(0x61, 0x3a, 0x20, 0xff) });

    const error = catchConfigError(() => loadFullConfig(inputs));

    expect(error?.message).toBe('fairlead.yaml: not UTF-8; save the file with that encoding');
  });

  it.each([
    ['exactly 1 MiB', 1024 * 1024, 0],
    ['one byte more', 1024 * 1024 + 1, 1],
  ])('takes at most 1 MiB: %s', (_, size, problems) => {
    const head = 'application: shop\n#';

    const found = problemsOf(head + 'x'.repeat(size - head.length));

    expect(found).toHaveLength(problems);
  });

  it('says that a file is empty, since a truncated one must not switch everything off', () => {
    expect(problemsOf('# nothing\n')).toMatchObject([{ code: 'empty-value' }]);
    expect(problemsOf(' \n')).toMatchObject([{ message: 'the file is empty' }]);
  });

  it('reads JSON with positions, escapes and tabs as indent', () => {
    const inputs = inputsFor({ 'fairlead.json': '{\n\t"application": "sh\\u006fp"\n}\n' });

    const config = loadFullConfig(inputs);

    expect(config.values.application).toBe('shop');
    expect(config.entries[0]?.origin).toMatchObject({ line: 2, column: 17 });
  });

  it.each([
    [
      'a trailing comma in a map',
      '{\n  "application": "a",\n}',
      2,
      21,
      'a comma with nothing after',
    ],
    [
      'a trailing comma in a list',
      '{"components": [{"name": "a"},]}',
      1,
      30,
      'a comma with nothing',
    ],
    ['a comment', '{\n# mine\n"application": "a"}', 2, 1, 'JSON has no comments'],
    ['single quotes', '{"application": \'a\'}', 1, 17, 'JSON wants this in double quotes'],
    ['a bare word', '{application: "a"}', 1, 2, 'JSON wants this in double quotes'],
    ['block style', 'application: a\n', 1, 1, 'JSON wants this in double quotes'],
  ])('refuses what only YAML has in a .json file: %s', (_, text, line, column, message) => {
    const inputs = inputsFor({ 'fairlead.json': text });

    const error = catchConfigError(() => loadFullConfig(inputs));

    expect(error?.problems).toMatchObject([
      { code: 'syntax', line, column, message: expect.stringContaining(message) },
    ]);
  });

  it('finds duplicate keys in JSON, which JSON.parse swallows', () => {
    const inputs = inputsFor({
      'fairlead.json': '{\n"application": "a",\n"application": "b"\n}',
    });

    const error = catchConfigError(() => loadFullConfig(inputs));

    expect(error?.problems).toMatchObject([
      { code: 'duplicate-key', line: 3, message: 'duplicate key application: lines 2 and 3' },
    ]);
  });

  it('names both lines of a duplicate key', () => {
    const found = problemsOf('environments:\n  a: {}\n  b: {}\n  a: {}\n');

    expect(found).toMatchObject([
      { code: 'duplicate-key', line: 4, column: 3, path: 'environments.a' },
    ]);
    expect(found[0]?.message).toContain('lines 2 and 4');
  });

  it.each([
    ['a second document', 'application: a\n---\napplication: b\n', 2, 'second document'],
    ['a tab as indent', 'canary:\n\tbake: 5m\n', 2, 'a tab as indent; use spaces'],
    ['a missing quote', 'application: "shop\n', 2, 'closing quote'],
    ['two values in one', 'application: a: b\n', 1, 'put the value in quotes'],
    [
      'a missing space after a colon',
      'application:shop\ncanary: {}\n',
      1,
      'is missing after a key',
    ],
    ['a reserved character', 'application: @shop\n', 1, 'put it in quotes'],
    ['wrong nesting', '- a\napplication: shop\n', 2, 'nothing may stand here'],
    ['an unknown escape', 'application: "\\q"\n', 1, 'unknown escape'],
  ])('takes every error of the parser as fatal: %s', (_, text, line, expected) => {
    const found = problemsOf(text);

    expect(found[0]).toMatchObject({ code: 'syntax', file: 'fairlead.yaml', line });
    expect(found.map(({ message }) => message).join()).toContain(expected);
  });

  it('names `<<` as unsupported', () => {
    const found = problemsOf('canary: &c\n  bake: 5m\nenvironments:\n  staging:\n    <<: *c\n');

    expect(found).toMatchObject([{ code: 'unsupported', line: 5, column: 5 }]);
    expect(found[0]?.message).toContain('`<<` (merge key) is not supported');
  });

  it.each([
    ['tags', 'application: !!str 5\n', 'tags (!) are not supported'],
    ['directives', '%YAML 1.1\n---\napplication: shop\n', '% directives are not supported'],
    ['keys that are no words', '? [a]\n: b\n', 'a key must be a word'],
  ])('refuses %s', (_, text, expected) => {
    expect(problemsOf(text)[0]?.message).toContain(expected);
  });

  it('follows aliases', () => {
    const config = loadText('environments:\n  a: &one { namespace: shop }\n  b: *one\n');

    expect(config.values.environments).toEqual({
      a: { namespace: 'shop' },
      b: { namespace: 'shop' },
    });
  });

  it.each([
    ['without an anchor', 'application: *nobody\n', 'without an anchor'],
    ['to itself', 'environments: &e\n  a: *e\n', 'without an anchor'],
    [
      'more than a hundred',
      `application: &a shop\ncomponents: [${'*a,'.repeat(101)}]`,
      'more than 100 aliases',
    ],
  ])('refuses an alias %s', (_, text, expected) => {
    expect(problemsOf(text)[0]?.message).toContain(expected);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s', (key) => {
    const found = problemsOf(`environments:\n  ${key}:\n    namespace: shop\n`);

    expect(found).toMatchObject([{ code: 'unsupported', line: 2, column: 3 }]);
    expect(found[0]?.message).toBe(`the key ${key} is refused`);
  });

  it('refuses control characters with their place', () => {
    expect(problemsOf('application: shop\n# \u0000\n')).toMatchObject([
      { code: 'syntax', line: 2, column: 3 },
    ]);
  });

  it.each(['- a\n', 'shop\n'])('wants a map of blocks, not %j', (text) => {
    expect(problemsOf(text)).toMatchObject([{ code: 'type', expected: 'a map' }]);
  });
});

describe('a key without a value', () => {
  it.each([
    [
      'swallowed by a comment',
      'notification:\n  slack:\n    webhook_url: https://e.com\n    channel: #deployments\n',
      4,
      'notification.slack.channel',
      'if a value was meant after `#`, put it in quotes',
    ],
    [
      'of an environment',
      'environments:\n  staging:\n',
      2,
      'environments.staging',
      'write `staging: {}`',
    ],
    [
      'of an environment, before a comment',
      'environments:\n  staging: # later\n',
      2,
      'environments.staging',
      'if a value was meant after `#`, put it in quotes, else write `staging: {}`',
    ],
    [
      'after a comment of another line',
      '# mine\napplication:\n# end\n',
      2,
      'application',
      'give it a value, or leave the key out',
    ],
    [
      'in a list',
      'canary:\n  steps:\n    -\n',
      3,
      'canary.steps[0]',
      'give it a value, or leave the `-` out',
    ],
    [
      'in a map on one line',
      'environments: { staging: }\n',
      1,
      'environments.staging',
      'write `staging: {}`',
    ],
    [
      'of a step',
      'canary:\n  steps:\n    - approval:\n',
      3,
      'canary.steps[0].approval',
      'write `approval: {}`',
    ],
    [
      'of an order',
      'components:\n  - name: a\n    after:\n',
      3,
      'components[0].after',
      'write `after: []`',
    ],
    [
      'of a block that needs something',
      'notification:\n  slack:\n',
      2,
      'notification.slack',
      'give it a value, or leave the key out',
    ],
  ])('is an error everywhere: %s', (_, text, line, path, mend) => {
    expect(problemsOf(text)).toMatchObject([
      { code: 'empty-value', line, path, message: `empty; ${mend}` },
    ]);
  });

  it('is told of an environment that is null', () => {
    expect(problemsOf('environments: { staging: ~ }\n')).toMatchObject([
      { message: 'null is no value; write `staging: {}`' },
    ]);
  });

  it.each(['null', '~', 'NULL'])('cannot be written %s', (text) => {
    expect(problemsOf(`application: ${text}\n`)).toMatchObject([
      { code: 'empty-value', line: 1, path: 'application' },
    ]);
  });
});

describe('a `{` or `[` that is taken for structure', () => {
  it.each([
    ['in a map on one line', 'environments: { staging: { namespace: ${NAME} } }\n', 1, 39],
    ['in a list on one line', 'canary: {}\ncomponents: [ ${NAME} ]\n', 2, 15],
    ['in JSON', '{"application": ${NAME}}\n', 1, 17],
  ])('says "put it in quotes" %s', (_, text, line, column) => {
    const found = problemsOf(text, { NAME: 'x' });

    expect(found).toMatchObject([{ code: 'syntax', line, column }]);
    expect(found[0]?.message).toContain('put it in quotes');
  });

  it('says so of a default that begins a map', () => {
    const found = problemsOf('application: ${NAME:-a: b}\n');

    expect(found[0]?.message).toContain('put the value in quotes');
  });

  it('is no matter in quotes or in block style', () => {
    const config = loadText('application: ${A}\nenvironments: { s: { namespace: "${B}" } }\n', {
      A: 'a',
      B: 'b',
    });

    expect(config.values).toEqual({ application: 'a', environments: { s: { namespace: 'b' } } });
  });
});
