import type { Dashboard } from '../../dashboards/dashboard.ts';
import { assertTaken, bodyOf, listOf, textOf, wireOf } from '../answer.ts';
import type { Wire } from '../answer.ts';
import type { DashboardBody, DatadogClient } from '../client.ts';
import { toDashboard } from './dashboard-body.ts';
import { fingerprintOf } from './fingerprint.ts';
import { findMarker, withoutMarker } from './marker.ts';
import type { Marker } from './marker.ts';
import type { Item, Store } from './store.ts';
import { toWanted } from './wanted.ts';

/** Of everybody's; halved where a page is longer than what is read of an answer. */
const PAGE_SIZE = 100;

/** Dashboards have no tags: ours say so in the last line of their description. */
export function createDashboardStore(
  client: DatadogClient,
  dashboards: readonly Dashboard[],
): Store<DashboardBody> {
  async function page(
    start: number,
    count: number,
    signal: AbortSignal,
  ): Promise<readonly Wire[] | 'too long'> {
    const answer = await client.ask(
      (apis) => apis.dashboards.listDashboards({ start, count }),
      signal,
    );
    if (answer.cut && answer.status === 200 && count > 1) return 'too long';
    return listOf(wireOf(bodyOf(answer))['dashboards']);
  }

  async function summaries(signal: AbortSignal): Promise<readonly Wire[]> {
    const found: Wire[] = [];
    let count = PAGE_SIZE;
    for (;;) {
      const some = await page(found.length, count, signal);
      if (some === 'too long') {
        count = Math.floor(count / 2);
        continue;
      }
      found.push(...some);
      if (some.length < count) return found;
    }
  }

  async function read(id: string, signal: AbortSignal, summary?: Wire): Promise<Item | undefined> {
    const answer = await client.ask(
      (apis) => apis.dashboards.getDashboard({ dashboardId: id }),
      signal,
    );
    if (answer.status === 404) return undefined;
    // Ours are far shorter: somebody put more into it, and what it shows of itself in lists is enough to say so.
    const isGrown = answer.cut && answer.status === 200 && summary !== undefined;
    const dashboard = isGrown ? summary : wireOf(bodyOf(answer));
    const marker = findMarker(textOf(dashboard['description']));
    return marker === undefined ? undefined : toItem(dashboard, marker);
  }

  return {
    thing: 'dashboard',
    wanted: dashboards.map((dashboard) =>
      toWanted({
        key: dashboard.uid,
        title: dashboard.title,
        contentOf,
        body: (marker) => toDashboard(dashboard, marker),
      }),
    ),
    read: (id, signal) => read(id, signal),
    async list(signal) {
      const items: Item[] = [];
      for (const summary of await summaries(signal)) {
        if (findMarker(textOf(summary['description'])) === undefined) continue;
        const item = await read(textOf(summary['id']), signal, summary);
        if (item !== undefined) items.push(item);
      }
      return items;
    },
    async create(body, signal) {
      const answer = await client.ask((apis) => apis.dashboards.createDashboard({ body }), signal);
      return textOf(wireOf(bodyOf(answer))['id']);
    },
    async update(id, body, signal) {
      assertTaken(
        await client.ask(
          (apis) => apis.dashboards.updateDashboard({ dashboardId: id, body }),
          signal,
        ),
      );
    },
    async remove(id, signal) {
      const answer = await client.ask(
        (apis) => apis.dashboards.deleteDashboard({ dashboardId: id }),
        signal,
      );
      if (answer.status !== 404) assertTaken(answer);
    },
  };
}

function toItem(dashboard: Wire, marker: Marker): Item {
  const content = contentOf(dashboard);
  return {
    id: textOf(dashboard['id']),
    key: marker.id,
    title: textOf(dashboard['title']),
    createdAt: textOf(dashboard['created_at']),
    marker,
    content,
    fingerprint: fingerprintOf(content),
  };
}

/** What a person can change of what it shows; who may see it and whose it is are not ours to judge. */
function contentOf(dashboard: Wire): Wire {
  const { title, description, layout_type, reflow_type, template_variables, tabs } = dashboard;
  return {
    title,
    description: withoutMarker(textOf(description)),
    layout_type,
    reflow_type,
    template_variables,
    tabs,
    // Datadog numbers them anew at each write.
    widgets: listOf(dashboard['widgets']).map(({ id: _id, ...widget }) => widget),
  };
}
