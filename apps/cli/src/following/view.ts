import type { DeploymentRecord } from '@fairlead/contracts';
import type { Io } from '../io.ts';
import { eventLine } from '../render/event-line.ts';
import { liveLines } from '../render/live-view.ts';

/** What a person sees while a deployment runs; on stderr, because stdout is for the result. */
export interface View {
  show(record: DeploymentRecord): void;
  note(text: string): void;
  end(): void;
}

export function createView(io: Io, clock: () => number = Date.now): View {
  return io.live ? createLiveView(io, clock) : createLineView(io);
}

/** One line for each event, never twice; for logs and pipelines. */
function createLineView(io: Io): View {
  const seen = new Set<string>();
  return {
    show(record) {
      for (const event of record.events) {
        if (seen.has(event.id)) continue;
        seen.add(event.id);
        io.err(`${eventLine(event, io.errStyle)}\n`);
      }
    },
    note: (text) => {
      io.err(`${text}\n`);
    },
    end: () => undefined,
  };
}

/** Below this a redraw flickers and tells nothing. */
const REDRAW_MS = 200;
const NO_WRAP = '\u001b[?7l';
const WRAP = '\u001b[?7h';

/** A few lines drawn over and over. Long lines are cut by the terminal itself, which knows how wide text is. */
function createLiveView(io: Io, clock: () => number): View {
  let drawn = 0;
  let drawnAtMs = -REDRAW_MS;
  let last: DeploymentRecord | undefined;

  function erase(): string {
    const text = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`;
    drawn = 0;
    return text;
  }

  function draw(record: DeploymentRecord): void {
    const lines = liveLines(record, { nowMs: clock(), style: io.errStyle });
    io.err(`${erase()}${NO_WRAP}${lines.join('\n')}\n${WRAP}`);
    drawn = lines.length;
    drawnAtMs = clock();
  }

  return {
    show(record) {
      last = record;
      if (clock() - drawnAtMs >= REDRAW_MS) draw(record);
    },
    note(text) {
      io.err(`${erase()}${text}\n`);
      if (last !== undefined) draw(last);
    },
    end() {
      io.err(erase());
    },
  };
}
