import { describe, expect, it } from '@jest/globals';
import { detectCaller } from './caller.ts';

const NO_CI = { isCi: false, id: null, name: null };

describe('detectCaller', () => {
  it.each([
    [
      'GITHUB_ACTIONS',
      {
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_RUN_ID: '7',
        GITHUB_SHA: 'abc',
        GITHUB_ACTOR: 'alice',
      },
      'https://github.com/acme/shop/actions/runs/7',
    ],
    [
      'GITLAB',
      { CI_JOB_URL: 'https://gitlab.test/j/1', CI_COMMIT_SHA: 'abc', GITLAB_USER_LOGIN: 'alice' },
      'https://gitlab.test/j/1',
    ],
    [
      'BUILDKITE',
      {
        BUILDKITE_BUILD_URL: 'https://buildkite.test/1',
        BUILDKITE_COMMIT: 'abc',
        BUILDKITE_BUILD_CREATOR: 'alice',
      },
      'https://buildkite.test/1',
    ],
    [
      'CIRCLE',
      { CIRCLE_BUILD_URL: 'https://circle.test/1', CIRCLE_SHA1: 'abc', CIRCLE_USERNAME: 'alice' },
      'https://circle.test/1',
    ],
    [
      'JENKINS',
      { BUILD_URL: 'https://jenkins.test/1/', GIT_COMMIT: 'abc', BUILD_USER_ID: 'alice' },
      'https://jenkins.test/1/',
    ],
    [
      'AZURE_PIPELINES',
      {
        SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
        SYSTEM_TEAMPROJECT: 'shop',
        BUILD_BUILDID: '9',
        BUILD_SOURCEVERSION: 'abc',
        BUILD_REQUESTEDFOR: 'alice',
      },
      'https://dev.azure.com/acme/shop/_build/results?buildId=9',
    ],
  ])('reads run, commit and actor of %s', (id, env, url) => {
    expect(detectCaller(env, { isCi: true, id, name: 'Some CI' })).toEqual({
      actor: 'alice',
      ci: { provider: 'Some CI', url, commit: 'abc' },
    });
  });

  it('names the user of the machine, and no run, outside CI', () => {
    const caller = detectCaller({}, NO_CI);

    expect(caller.actor).not.toBe('');
    expect(caller).not.toHaveProperty('ci');
  });

  it('lets FAIRLEAD_ACTOR win, as one harmless line', () => {
    expect(detectCaller({ FAIRLEAD_ACTOR: 'bob\u001b[31m\nroot' }, NO_CI).actor).toBe('bob root');
  });

  it('takes credentials out of the run URL, and leaves out what is no URL', () => {
    const of = (url: string) =>
      detectCaller({ BUILD_URL: url }, { isCi: true, id: 'JENKINS', name: 'Jenkins' }).ci;

    expect(of('https://u:secret@jenkins.test/1')).toEqual({
      provider: 'Jenkins',
      url: 'https://jenkins.test/1',
    });
    expect(of('not a url')).toEqual({ provider: 'Jenkins' });
  });
});
