import type { Io } from '../io.ts';
import { eventLine } from '../render/event-line.ts';
import { liveLines } from '../render/live-view.ts';
import { personQuestion } from '../render/open-question.ts';
import { troubleWords } from '../render/trouble.ts';
import type { Watcher } from '@fairlead/client/internal/deployments/follow';

/** What a person sees while a deployment runs; on stderr, because stdout is for the result. */
export interface View extends Watcher {
  end(): void;
}

export function createView(io: Io, clock: () => number = Date.now): View {
  return io.live ? createLiveView(io, clock) : createLineView(io);
}

/** One line for each event, question and trouble, never twice; for logs and pipelines. */
function createLineView(io: Io): View {
  const said = new Set<string>();
  function sayOnce(key: string, line: string): void {
    if (said.has(key)) return;
    said.add(key);
    io.err(`${line}\n`);
  }
  let asking: string | undefined;
  return {
    show(record, troubles) {
      for (const event of record.events) sayOnce(event.id, eventLine(event, io.errStyle));
      for (const trouble of troubles) {
        // The attempts count on, the message says what is new.
        const key = `${trouble.activity}: ${trouble.message}`;
        sayOnce(key, io.errStyle.red(`! ${troubleWords(trouble)}`));
      }
      const question = personQuestion(record);
      // The next step may ask in the same words.
      const asked = question && `${record.step}: ${question}`;
      if (question !== undefined && asked !== asking) {
        io.err(`${io.errStyle.yellow(`? ${question}`)}\n`);
      }
      asking = asked;
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
  let last: Parameters<View['show']> | undefined;

  function erase(): string {
    const text = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`;
    drawn = 0;
    return text;
  }

  function draw(...[record, troubles]: Parameters<View['show']>): void {
    const lines = liveLines(record, { nowMs: clock(), style: io.errStyle, troubles });
    io.err(`${erase()}${NO_WRAP}${lines.join('\n')}\n${WRAP}`);
    drawn = lines.length;
    drawnAtMs = clock();
  }

  return {
    show(...seen) {
      last = seen;
      if (clock() - drawnAtMs >= REDRAW_MS) draw(...seen);
    },
    note(text) {
      io.err(`${erase()}${text}\n`);
      if (last !== undefined) draw(...last);
    },
    end() {
      io.err(erase());
    },
  };
}
