import { AdapterError } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import type { MonitoringSystem, StateSink } from '../monitoring-system.ts';
import { createAsk, jsonOf } from '../prometheus/ask.ts';
import type { ServerOptions } from '../prometheus/ask.ts';
import { seriesOf } from '../prometheus/exposition.ts';
import { groupPath } from './grouping-key.ts';

/** Names the system in receipts and errors. */
const PUSHGATEWAY = 'pushgateway';

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Pushgateway keeps what it is given and adds nothing up, so a target's whole state takes the place of the one before,
 * under a group of its own. The vendor's library has no timeout and loses the status; its registry is all we use.
 */
export function createPushgateway(
  options: ServerOptions,
): Required<Pick<MonitoringSystem, 'name' | 'states' | 'reach'>> {
  const ask = createAsk(PUSHGATEWAY, options);
  const states: StateSink = {
    async publish(state, signal) {
      const content = { type: TEXT_FORMAT, body: await seriesOf([state]) };
      assertTaken(await ask({ method: 'PUT', path: groupPath(state), content }, signal));
    },
    async forget(target, signal) {
      assertTaken(await ask({ method: 'DELETE', path: groupPath(target) }, signal));
    },
  };

  return {
    name: PUSHGATEWAY,
    states,
    async reach(signal) {
      const answer = await ask({ method: 'GET', path: '/api/v1/status' }, signal);
      assertTaken(answer);
      const body = jsonOf(PUSHGATEWAY, answer) as { status?: unknown } | null;
      if (body?.status === 'success') return;
      const why = 'answered no status: something else stands at its address, check the URL';
      throw new AdapterError('vendor-rejected', `${PUSHGATEWAY} ${why}`);
    },
  };
}

/** 200; 202 where it is not to check, and for what it takes away. */
function assertTaken(answer: VendorAnswer): void {
  if (answer.status !== 200 && answer.status !== 202) throw rejection(PUSHGATEWAY, answer);
}
