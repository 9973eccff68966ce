import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const FOLDER = join(import.meta.dirname, '../../../../../deploy/events');

/** As long as those of Kubernetes. */
function uidOf(application: string): string {
  return `7d0cdc51-ddcf-4743-b223-${application.padStart(12, '0')}`;
}

/** What a chart's hook runs, but for what sends it. */
interface Hook {
  readonly spec: {
    template: {
      spec: { containers: { env: { name: string; value?: string }[]; args: string[] }[] };
    };
  };
}

/** Of tests: the bodies that the snippets of deploy/events have Argo CD and Helm send for an application. */
export function snippetBodies(application: string) {
  /** What Argo CD and Helm put in place of their placeholders. */
  const filling: Readonly<Record<string, string>> = {
    '.app.metadata.name': application,
    '.app.metadata.uid': uidOf(application),
    '(call .time.Parse .app.status.operationState.startedAt).Unix': '1774016825',
    '.app.spec.destination.namespace': 'staging',
    '.app.status.operationState.startedAt': '2026-03-20T14:27:05Z',
    '.app.status.operationState.finishedAt': '2026-03-20T14:28:05Z',
    'toJson .app.status.operationState.message': '"one \\"or\\" more objects failed to apply"',
    '.Release.Name': application,
    '.Release.Name | trunc 24': application.slice(0, 24),
    'printf "%s/%s" .Release.Namespace .Release.Name | sha256sum | trunc 12': 'b4a9c1d2e3f4',
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
    /** As its shell puts it together. */
    helm(which: 'begin' | 'end' | 'rollback'): string {
      const at = ['begin', 'end', 'rollback'].indexOf(which);
      const { spec } = helmHooks()[at] as Hook;
      const [{ env, args } = { env: [], args: [] }] = spec.template.spec.containers;
      const event = filled(env.find(({ name }) => name === 'EVENT')?.value ?? '');
      const data = /--data (?<data>"\$\(.*\)"|"\$EVENT") http/.exec(args[0] ?? '')?.groups?.data;
      return execFileSync('sh', ['-c', `printf %s ${data ?? ''}`], {
        env: { PATH: process.env.PATH, EVENT: event },
        encoding: 'utf8',
      });
    },
  };
}

function helmHooks(): readonly unknown[] {
  const text = readFileSync(join(FOLDER, 'helm-hook.yaml'), 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS() as unknown);
}

function yamlOf(file: string): unknown {
  return parse(readFileSync(join(FOLDER, file), 'utf8'));
}
