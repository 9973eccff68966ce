import { describe, expect, it } from '@jest/globals';
import { catchConfigError, inputsFor } from '../in-memory-files.ts';
import { loadFullConfig } from '../load/load-config.ts';

const CONFIG = 'notification:\n  templates:\n    deployment-failed: { slack: own/failed.yaml }\n';
const PLACE = 'fairlead.yaml:3:33: notification.templates.deployment-failed.slack: ';

function load(template: string | Uint8Array, config = CONFIG) {
  const files = {
    'fairlead.yaml': config,
    'own/failed.yaml': template,
    'own/failed.json': template,
  };
  return loadFullConfig(inputsFor(files, { env: { OWN: 'own/failed.yaml' } }));
}

function linesOf(template: string | Uint8Array, config?: string): readonly string[] {
  return catchConfigError(() => load(template, config))?.message.split('\n') ?? [];
}

describe('a template file', () => {
  it.each([
    ['title: "{{application}} failed"\n', { title: '{{application}} failed' }],
    ['text: |\n  {{error}}\n  ${HOME}\n', { text: '{{error}}\n${HOME}\n' }],
    ['{ "title": "a", "text": "\\u00e4 {{error}}" }', { title: 'a', text: 'ä {{error}}' }],
    ['title: 5 # not five\n', { title: '5' }],
  ])('"yields text fields only: the structure is parsed first": %j', (template, texts) => {
    expect(load(template).values.notification?.templates).toEqual({
      'deployment-failed': { slack: { file: '/project/own/failed.yaml', ...texts } },
    });
  });

  it('is followed, like a key file', () => {
    expect(load('title: a').secretFiles).toEqual(['/project/own/failed.yaml']);
  });

  it.each([
    ['empty', '', ': the file is empty'],
    ['a list', '- a\n', ', line 1: the file holds a list, not a map of blocks'],
    ['broken', 'title: "a\n', ', line 2: a character is missing'],
    [
      'of another key',
      'a: b\ntitle: c\n',
      ', line 1: unknown key (a key of 1 character); known here: title, text',
    ],
    ['of a mistyped key', 'titel: b\n', ', line 1: unknown key titel; did you mean title?'],
    ['of the same key twice', 'title: a\ntitle: b\n', ', line 2: '],
    ['of a list as text', 'title: [a]\n', ', line 1, title: expected text, found a list'],
    ['of a key without text', 'title:\n', ', line 1: empty; give it a value'],
    ['of no key', '{}\n', ' holds neither title nor text'],
    ['a field without quotes', 'title: {{error}}\n', '; put a text that begins with {{ in quotes'],
    [
      'words without quotes',
      'title: {{environment}} failed\n',
      '; put a text that begins with {{ in quotes',
    ],
    [
      'of a mistyped field',
      'text: a\ntitle: "a {{eror}}"\n',
      ', line 2, title: "{{eror}}" is no field; did you mean {{error}}?',
    ],
    [
      'of a field in other letters',
      'title: "a {{deploymentID}}"\n',
      'did you mean {{deploymentId}}?',
    ],
    [
      'of an unknown field',
      'title: "a {{secretThing}}"\n',
      'is no field; known: deploymentId, environment, ',
    ],
    ['of an open field', 'title: "a {{error}"\n', ', line 1, title: `{{` begins a field'],
    [
      'of a title that may be blank',
      'title: "{{reason}}"\n',
      ', line 1, title: the title is blank where a run has none of its fields',
    ],
    ['of a blank text', 'text: ""\n', ', line 1, text: the text is blank'],
    [
      'of a long title',
      `title: ${'x'.repeat(121)}\n`,
      ', line 1, title: longer than 120 characters',
    ],
    ['large', `text: ${'x'.repeat(64 * 1024)}\n`, ' is larger than 64 KiB'],
    ['of another encoding', new Uint8Array([0xff]), ': not UTF-8'],
    ['of control characters', 'title: "a\u0007"\n', ': a control character that no text may hold'],
  ])('"Checked at load": it is refused when it is %s', (_, template, expected) => {
    const lines = linesOf(template);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${PLACE}the template "own/failed.yaml"`);
    expect(lines[0]).toContain(expected);
  });

  it('has all its faults told at once, and no more than ten', () => {
    const faults = Array.from({ length: 12 }, (_, n) => `{{no${n}}}`).join(' ');

    expect(linesOf('titel: a\ntitle: "{{reason}}"\ntext: "{{eror}}"\n')).toHaveLength(3);
    expect(linesOf(`text: "${faults}"\n`)).toHaveLength(10);
  });

  it('must be JSON when its name says so', () => {
    const lines = linesOf('title: a\n', CONFIG.replace('.yaml', '.json'));

    expect(lines[0]).toContain('the template "own/failed.json", line 1');
  });

  it('is named by its variable where one gave the path', () => {
    const config = CONFIG.replace('own/failed.yaml', '"${OWN}"');

    expect(linesOf('title: "{{reason}}"', config)[0]).toContain(
      'the template OWN (15 characters), line 1, title: ',
    );
    expect(linesOf('title: "{{reason}}"', config)[0]).not.toContain('own/');
  });

  it.each([
    ['', 'slack is not configured, so nothing is sent there; add notification.slack'],
    ['  slack: { enabled: false }\n', 'slack is switched off, so nothing is sent there'],
    ['  slack: { destinations: [{ name: a, webhook_url: "https://a.example/1" }] }\n', undefined],
  ])('is warned of where its channel is not on: %j', (slack, message) => {
    const role = 'roles: { dev: { channels: ["slack:a"], events: [failure] } }\n';
    const { warnings } = load('title: a', CONFIG + slack + (message === undefined ? role : ''));

    expect(warnings).toEqual(
      message === undefined
        ? []
        : [
            expect.objectContaining({
              path: 'notification.templates.deployment-failed.slack',
              message,
            }),
          ],
    );
  });

  it('is missed where it is not there', () => {
    expect(linesOf('', CONFIG.replace('failed.yaml', 'away.yaml'))[0]).toContain(
      'the template "own/away.yaml": no such file',
    );
  });
});
