import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SECRET, startTeamsStage } from './testing/teams-stage.ts';
import type { TeamsStage } from './testing/teams-stage.ts';

let stage: TeamsStage;

beforeAll(async () => {
  stage = await startTeamsStage();
});

afterAll(() => stage.vendor.stop());

describe('the webhook, which is a secret', () => {
  it.each([
    { status: 500 },
    { status: 404, body: `no flow at ?sig=${SECRET}` },
    { status: 200, body: `{"error":"bad signature ${SECRET}"}` },
    { status: 302, headers: { location: `http://127.0.0.1:1/${SECRET}` } },
    'reset',
  ] as const)('is not told after %j', async (misbehaviour) => {
    stage.vendor.misbehave(misbehaviour);

    expect(await failureOf(stage.send())).not.toContain(SECRET);
  });

  it('is not told in the detail of a receipt', async () => {
    stage.vendor.misbehave({ status: 400, body: `bad ?sig=${SECRET}` });

    const answer = await stage.send();

    expect(answer.detail).toContain('[hidden]');
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });

  it.each([
    `http://127.0.0.1:1/${SECRET}`,
    SECRET,
    `http://${SECRET}:x`,
    `http://kim:${SECRET}@127.0.0.1:1/`,
    `ftp://127.0.0.1/${SECRET}`,
  ])('is not told when it is %s', async (webhookUrl) => {
    for (const apiUrl of [undefined, `http://127.0.0.1:1`]) {
      const destination = stage.teams({ webhookUrl, ...(apiUrl === undefined ? {} : { apiUrl }) });

      expect(await failureOf(stage.send(destination))).not.toContain(SECRET);
    }
  });

  it('is final, and tells which setting to mend, when it is malformed', async () => {
    await expect(stage.send(stage.teams({ webhookUrl: SECRET }))).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/webhook_url/),
    });
  });
});

/** All that an error could be told by. */
async function failureOf(sending: Promise<unknown>): Promise<string> {
  const error = await sending.then(
    () => {
      throw new Error('it was taken');
    },
    (reason: unknown) => reason as Error,
  );
  return [String(error), error.stack, JSON.stringify(error), String(error.cause)].join('\n');
}
