import { refusal } from './grafana-contract.ts';
import type { GrafanaContract, GrafanaRoutes } from './grafana-contract.ts';
import type { VendorReply } from './mock-vendor.ts';

export interface GrafanaFolder {
  readonly uid: string;
  readonly title: string;
  readonly parentUid?: string;
  readonly version: number;
}

export interface GrafanaDashboard {
  readonly uid: string;
  readonly folderUid: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly updatedBy: string;
  readonly message: string;
  readonly provisioned: boolean;
}

interface GrafanaDashboards {
  readonly folders: Map<string, GrafanaFolder>;
  readonly dashboards: Map<string, GrafanaDashboard>;
  /** What was stored, whatever was answered. */
  readonly saved: string[];
  readonly routes: GrafanaRoutes;
}

interface SaveCommand {
  readonly dashboard: {
    readonly uid: string;
    readonly title: string;
    readonly version?: number;
    readonly [member: string]: unknown;
  };
  readonly folderUid?: string;
  readonly overwrite?: boolean;
  readonly message?: string;
}

/**
 * As Grafana 13 keeps and refuses them. `rules` tells whether a folder holds alert rules; `rewrite` is Grafana's own way
 * to write a dashboard.
 */
export function createGrafanaDashboards(
  contract: GrafanaContract,
  has: {
    rules(folderUid: string): boolean;
    rewrite(json: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  },
): GrafanaDashboards {
  const folders = new Map<string, GrafanaFolder>();
  const dashboards = new Map<string, GrafanaDashboard>();
  const saved: string[] = [];

  function routes({ route, query, body }: Parameters<GrafanaRoutes>[0]): VendorReply | undefined {
    if (route === 'GET /api/folders') return listFolders(query);
    if (route === 'POST /api/folders') return createFolder(body);
    if (route === 'POST /api/dashboards/db') return save(body);
    if (route === 'GET /api/search') return search(query);
    const folder = /^(GET|PUT|DELETE) \/api\/folders\/([^/]+)$/.exec(route);
    if (folder !== null) return ofFolder(folder[1] ?? '', folder[2] ?? '', { query, body });
    const board = /^(GET|DELETE) \/api\/dashboards\/uid\/([^/]+)$/.exec(route);
    return board === null ? undefined : ofDashboard(board[1] ?? '', board[2] ?? '');
  }

  function listFolders(query: URLSearchParams): VendorReply {
    const parent = query.get('parentUid') ?? undefined;
    const inside = [...folders.values()].filter(({ parentUid }) => parentUid === parent);
    const hits = inside.map(({ uid, title }, index) => ({ id: index + 1, uid, title }));
    return contract.reply(
      200,
      'FolderSearchHit',
      hits.slice(0, Number(query.get('limit') ?? 1000)),
    );
  }

  function createFolder(body: unknown): VendorReply {
    const errors = contract.errors('CreateFolderCommand', body);
    if (errors !== undefined) return refusal(400, errors);
    const { uid, title, parentUid } = body as GrafanaFolder;
    if (folders.has(uid)) return refusal(409, 'a folder with the same uid already exists');
    folders.set(uid, { uid, title, version: 1, ...(parentUid === undefined ? {} : { parentUid }) });
    saved.push(`folder ${uid}`);
    return folderReply(uid);
  }

  function ofFolder(
    method: string,
    uid: string,
    { query, body }: { readonly query: URLSearchParams; readonly body: unknown },
  ): VendorReply {
    const found = folders.get(uid);
    if (found === undefined) return refusal(404, 'folder not found', 'not-found');
    if (method === 'GET') return folderReply(uid);
    if (method === 'PUT') {
      const errors = contract.errors('UpdateFolderCommand', body);
      if (errors !== undefined) return refusal(400, errors);
      const { title, version, overwrite } = body as GrafanaFolder & { overwrite?: boolean };
      if (overwrite !== true && version !== found.version) {
        return refusal(412, 'the folder has been changed by someone else', 'version-mismatch');
      }
      folders.set(uid, { ...found, title, version: found.version + 1 });
      saved.push(`folder ${uid}`);
      return folderReply(uid);
    }
    if (has.rules(uid) && query.get('forceDeleteRules') !== 'true') {
      return refusal(400, 'folder cannot be deleted: folder is not empty');
    }
    folders.delete(uid);
    for (const board of dashboards.values()) {
      if (board.folderUid === uid) dashboards.delete(board.uid);
    }
    return contract.reply(200, 'DeleteFolderOKBody', {
      id: 1,
      title: found.title,
      message: `Folder ${found.title} deleted`,
    });
  }

  function folderReply(uid: string): VendorReply {
    const { title, version } = folders.get(uid) ?? { title: '', version: 0 };
    return contract.reply(200, 'Folder', {
      id: 1,
      uid,
      orgId: 1,
      title,
      url: `/dashboards/f/${uid}/x`,
      hasAcl: false,
      canSave: true,
      canEdit: true,
      canAdmin: true,
      canDelete: true,
      createdBy: 'sa-1-fairlead',
      created: '2026-01-02T03:04:05Z',
      updatedBy: 'sa-1-fairlead',
      updated: '2026-01-02T03:04:05Z',
      version,
    });
  }

  function save(body: unknown): VendorReply {
    const errors = contract.errors('SaveDashboardCommand', body);
    if (errors !== undefined) return refusal(400, errors);
    const { dashboard, folderUid = '', overwrite = false, message = '' } = body as SaveCommand;
    const { uid, title } = dashboard;
    const before = dashboards.get(uid);
    if (folderUid !== '' && !folders.has(folderUid)) return refusal(404, 'folder not found');
    if (before?.provisioned === true) return refusal(400, 'Cannot save provisioned dashboard');
    if (before !== undefined && !overwrite && dashboard.version !== before.version) {
      return refusal(412, 'The dashboard has been changed by someone else', 'version-mismatch');
    }
    const version = (before?.version ?? 0) + 1;
    const kept = { ...has.rewrite(dashboard), id: 1, version };
    const updatedBy = 'sa-1-fairlead';
    const provisioned = false;
    dashboards.set(uid, { uid, folderUid, json: kept, version, updatedBy, message, provisioned });
    saved.push(`dashboard ${uid}`);
    return contract.reply(200, 'PostDashboardOKBody', {
      id: 1,
      uid,
      url: `/d/${uid}/x`,
      status: 'success',
      version,
      title,
      folderUid,
    });
  }

  function ofDashboard(method: string, uid: string): VendorReply {
    const found = dashboards.get(uid);
    if (found === undefined) return refusal(404, 'Dashboard not found', 'not-found');
    if (method === 'DELETE') {
      if (found.provisioned) return refusal(400, 'provisioned dashboard cannot be deleted');
      dashboards.delete(uid);
      const title = String(found.json.title);
      const message = `Dashboard ${title} deleted`;
      return contract.reply(200, 'DeleteDashboardByUIDOKBody', { title, message, uid });
    }
    const { folderUid, version, updatedBy, provisioned } = found;
    const meta = { type: 'db', canSave: true, canEdit: true, slug: 'x', url: `/d/${uid}/x` };
    const dates = { created: '2026-01-02T03:04:05Z', updated: '2026-01-02T03:04:05Z' };
    const by = { createdBy: updatedBy, updatedBy };
    return contract.reply(200, 'DashboardFullWithMeta', {
      meta: { ...meta, ...dates, ...by, version, folderUid, provisioned, isFolder: false },
      dashboard: found.json,
    });
  }

  function search(query: URLSearchParams): VendorReply {
    const inside = query.getAll('folderUIDs');
    const hits = [...dashboards.values()]
      .filter(({ folderUid }) => inside.length === 0 || inside.includes(folderUid))
      .map(({ uid, folderUid, json: board }) => ({
        id: 1,
        uid,
        title: String(board.title),
        url: `/d/${uid}/x`,
        type: 'dash-db',
        tags: board.tags,
        isStarred: false,
        folderUid,
      }));
    return contract.reply(200, 'Hit', hits.slice(0, Number(query.get('limit') ?? 1000)));
  }

  return { folders, dashboards, saved, routes };
}
