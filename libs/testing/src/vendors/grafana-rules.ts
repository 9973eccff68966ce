import { refusal } from './grafana-contract.ts';
import type { GrafanaContract, GrafanaRequest, GrafanaRoutes } from './grafana-contract.ts';
import type { VendorReply } from './mock-vendor.ts';

export interface GrafanaRule {
  readonly uid: string;
  readonly title: string;
  readonly folderUID: string;
  readonly ruleGroup: string;
  readonly provenance: string;
  readonly data: readonly { readonly model: object; readonly [member: string]: unknown }[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

interface GrafanaRules {
  readonly rules: Map<string, GrafanaRule>;
  readonly saved: string[];
  readonly routes: GrafanaRoutes;
}

const RULES = '/api/v1/provisioning/alert-rules';

/** Alert provisioning as Grafana 13 does it. `isFolder` tells whether one of this UID exists. */
export function createGrafanaRules(
  contract: GrafanaContract,
  isFolder: (uid: string) => boolean,
): GrafanaRules {
  const rules = new Map<string, GrafanaRule>();
  const saved: string[] = [];

  function routes(request: GrafanaRequest): VendorReply | undefined {
    const { route, body } = request;
    if (route === `GET ${RULES}`) {
      return contract.reply(200, 'ProvisionedAlertRule', [...rules.values()]);
    }
    if (route === `POST ${RULES}`) return create(body, request);
    const [method = '', path = ''] = route.split(' ');
    if (!path.startsWith(`${RULES}/`)) return undefined;
    const uid = path.slice(RULES.length + 1);
    const found = rules.get(uid);
    if (found === undefined) return { status: 404 };
    if (method === 'GET') return contract.reply(200, 'ProvisionedAlertRule', found);
    if (found.provenance !== '' && request.editable) {
      return refusal(409, `cannot change provenance from '${found.provenance}' to ''`);
    }
    if (method === 'PUT') return update(found, body);
    if (method !== 'DELETE') return undefined;
    rules.delete(uid);
    return { status: 204 };
  }

  function create(body: unknown, { editable }: GrafanaRequest): VendorReply {
    const errors = contract.errors('ProvisionedAlertRule', body);
    if (errors !== undefined) return refusal(400, errors);
    const rule = body as GrafanaRule;
    if (!isFolder(rule.folderUID)) return refusal(400, 'folder does not exist');
    const sameTitle = [...rules.values()].some(
      ({ title, folderUID }) => title === rule.title && folderUID === rule.folderUID,
    );
    if (rules.has(rule.uid) || sameTitle) {
      return refusal(409, 'rule title and UID under the same organisation should be unique');
    }
    return keep({ ...rule, provenance: editable ? '' : 'api' }, 201);
  }

  function update(found: GrafanaRule, body: unknown): VendorReply {
    const errors = contract.errors('ProvisionedAlertRule', body);
    if (errors !== undefined) return refusal(400, errors);
    return keep({ ...(body as GrafanaRule), uid: found.uid, provenance: found.provenance }, 200);
  }

  /** Grafana completes what it is given. */
  function keep(rule: GrafanaRule, status: number): VendorReply {
    const data = rule.data.map((query) => ({
      ...query,
      queryType: '',
      model: { intervalMs: 1000, maxDataPoints: 43200, ...query.model },
    }));
    const kept = { ...rule, data, id: 1, updated: '2026-01-02T03:04:05Z' };
    rules.set(rule.uid, kept);
    saved.push(`rule ${rule.uid}`);
    return contract.reply(status, 'ProvisionedAlertRule', kept);
  }

  return { rules, saved, routes };
}
