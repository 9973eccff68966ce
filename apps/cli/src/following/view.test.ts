import { describe, expect, it } from '@jest/globals';
import { aRecord } from '@fairlead/client/internal/testing/fixtures';
import type { Io } from '../io.ts';
import { createStyle } from '../render/style.ts';
import { createView } from './view.ts';

function captured(live: boolean) {
  const written: string[] = [];
  const style = createStyle(false);
  const io: Io = {
    env: {},
    live,
    outStyle: style,
    errStyle: style,
    out: () => {
      throw new Error('the view wrote to stdout');
    },
    err: (text) => written.push(text),
    json: () => {
      throw new Error('the view wrote to stdout');
    },
  };
  return { io, written };
}

describe('off a terminal', () => {
  it('writes a line for each event, never twice, without escape codes', () => {
    const { io, written } = captured(false);
    const view = createView(io);

    view.show(aRecord({ events: aRecord().events.slice(0, 1) }), []);
    view.show(aRecord(), []);
    view.end();

    expect(written).toEqual([
      '04:33:12 deployment-started  shop to staging by alice\n',
      '04:33:13 canary-started  10 % of api\n',
    ]);
  });

  it('asks what only a person can answer once, and again at the next step', () => {
    const { io, written } = captured(false);
    const view = createView(io);
    const asking = { events: [], phase: 'awaiting-approval' } as const;

    view.show(aRecord({ ...asking, step: 3 }), []);
    view.show(aRecord({ ...asking, step: 3 }), []);
    view.show(aRecord({ ...asking, step: 5 }), []);
    view.show(aRecord({ events: [], phase: 'paused' }), []);

    expect(written).toEqual([
      expect.stringMatching(/^\? waiting for `fairlead promote \S+` or `fairlead abort \S+`\n$/),
      expect.stringContaining('waiting'),
      expect.stringMatching(/^\? paused; `fairlead resume/),
    ]);
  });

  it('tells of trouble once for each message, whatever the attempt', () => {
    const { io, written } = captured(false);
    const view = createView(io);
    const trouble = { activity: 'clusterSnapshot', attempt: 2, message: 'away\u001b[2J' };
    const record = aRecord({ events: [] });

    view.show(record, [trouble]);
    view.show(record, [{ ...trouble, attempt: 3 }]);
    view.show(record, [{ ...trouble, message: 'refused' }]);

    expect(written).toEqual([
      '! clusterSnapshot is tried again (attempt 2): away\n',
      '! clusterSnapshot is tried again (attempt 2): refused\n',
    ]);
  });
});

describe('on a terminal', () => {
  it('draws over what it drew, not more often than the eye can follow', () => {
    const { io, written } = captured(true);
    let nowMs = 0;
    const view = createView(io, () => nowMs);

    view.show(aRecord(), []);
    nowMs = 100;
    view.show(aRecord(), []);
    nowMs = 250;
    view.show(aRecord(), []);

    expect(written).toHaveLength(2);
    expect(written[0]).not.toContain('\u001b[4A');
    expect(written[1]).toContain('\u001b[4A\u001b[0J');
  });

  it('keeps notes above the drawing, and leaves nothing of it at the end', () => {
    const { io, written } = captured(true);
    const view = createView(io, () => 1000);

    view.show(aRecord(), []);
    view.note('Temporal is away.');
    view.end();

    expect(written[1]).toBe('\u001b[4A\u001b[0JTemporal is away.\n');
    expect(written.at(-1)).toBe('\u001b[4A\u001b[0J');
  });
});
