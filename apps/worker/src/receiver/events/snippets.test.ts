import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readPlain } from '@fairlead/events';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '../../../../../deploy/events');

/** What Argo CD and Helm put in place of their placeholders. */
const FILLED: Readonly<Record<string, string>> = {
  '.app.metadata.name': 'shop',
  '(call .time.Parse .app.status.operationState.startedAt).Unix': '1774016825',
  '.app.spec.destination.namespace': 'staging',
  '.app.status.operationState.startedAt': '2026-03-20T14:27:05Z',
  '.app.status.operationState.finishedAt': '2026-03-20T14:28:05Z',
  'toJson .app.status.operationState.message': '"one \\"or\\" more objects failed to apply"',
  '.Release.Name': 'shop',
  '.Release.Namespace': 'staging',
  '.Release.Revision': '7',
  '.Chart.Name': 'shop',
  '.Chart.Version': '1.2.3',
};

function filled(template: string): unknown {
  const text = template.replaceAll(/\{\{\s*(.+?)\s*\}\}/g, (_whole, name: string) => {
    const value = FILLED[name];
    if (value === undefined) throw new Error(`nothing fills ${name}`);
    return value;
  });
  return JSON.parse(text);
}

function yamlOf(file: string): unknown {
  return parse(readFileSync(join(FOLDER, file), 'utf8'));
}

describe('the snippets', () => {
  it.each([
    ['begin', { type: 'begin', at: '2026-03-20T14:27:05Z' }],
    ['succeeded', { type: 'finish', outcome: 'succeeded' }],
    ['failed', { outcome: 'failed', message: 'one "or" more objects failed to apply' }],
  ])('of Argo CD tell %s', (which, expected) => {
    const { data } = yamlOf('argo-cd.yaml') as { data: Record<string, string> };
    const { webhook } = parse(data[`template.fairlead-${which}`] ?? '') as {
      webhook: { fairlead: { body: string } };
    };

    expect(readPlain(filled(webhook.fairlead.body))).toMatchObject({
      event: {
        ...{ deployment: 'argo-shop-1774016825', environment: 'staging', application: 'shop' },
        ...expected,
      },
    });
  });

  it('of Helm tells of a release', () => {
    const { spec } = yamlOf('helm-hook.yaml') as {
      spec: {
        template: { spec: { containers: { env: { name: string; value?: string }[] }[] } };
      };
    };
    const env = spec.template.spec.containers.flatMap((one) => one.env);
    const body = env.find(({ name }) => name === 'EVENT')?.value ?? '';

    expect(readPlain(filled(body))).toMatchObject({
      event: { type: 'finish', deployment: 'helm-staging-shop-7', environment: 'staging' },
    });
  });
});
