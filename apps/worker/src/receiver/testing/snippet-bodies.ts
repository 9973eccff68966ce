import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '../../../../../deploy/events');

/** Of tests: the bodies that the snippets of deploy/events have Argo CD and Helm send for an application. */
export function snippetBodies(application: string) {
  /** What Argo CD and Helm put in place of their placeholders. */
  const filling: Readonly<Record<string, string>> = {
    '.app.metadata.name': application,
    '(call .time.Parse .app.status.operationState.startedAt).Unix': '1774016825',
    '.app.spec.destination.namespace': 'staging',
    '.app.status.operationState.startedAt': '2026-03-20T14:27:05Z',
    '.app.status.operationState.finishedAt': '2026-03-20T14:28:05Z',
    'toJson .app.status.operationState.message': '"one \\"or\\" more objects failed to apply"',
    '.Release.Name': application,
    '.Release.Namespace': 'staging',
    '.Release.Revision': '7',
    '.Chart.Name': application,
    '.Chart.Version': '1.2.3',
  };

  function filled(template: string): string {
    return template.replaceAll(/\{\{\s*(.+?)\s*\}\}/g, (_whole, name: string) => {
      const value = filling[name];
      if (value === undefined) throw new Error(`nothing fills ${name}`);
      return value;
    });
  }

  return {
    argoCd(which: 'begin' | 'succeeded' | 'failed'): string {
      const { data } = yamlOf('argo-cd.yaml') as { data: Record<string, string> };
      const { webhook } = parse(data[`template.fairlead-${which}`] ?? '') as {
        webhook: { fairlead: { body: string } };
      };
      return filled(webhook.fairlead.body);
    },
    helm(): string {
      const { spec } = yamlOf('helm-hook.yaml') as {
        spec: {
          template: { spec: { containers: { env: { name: string; value?: string }[] }[] } };
        };
      };
      const env = spec.template.spec.containers.flatMap((one) => one.env);
      return filled(env.find(({ name }) => name === 'EVENT')?.value ?? '');
    },
  };
}

function yamlOf(file: string): unknown {
  return parse(readFileSync(join(FOLDER, file), 'utf8'));
}
