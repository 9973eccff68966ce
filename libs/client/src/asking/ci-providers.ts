interface CiFacts {
  readonly url: string | undefined;
  readonly commit: string | undefined;
  readonly actor: string | undefined;
}

type Env = NodeJS.ProcessEnv;

/** Each provider's own documented variables, by its constant in ci-info. */
export const CI_PROVIDERS: Readonly<Record<string, (env: Env) => CiFacts>> = {
  GITHUB_ACTIONS: (env) => ({
    url: joined([env.GITHUB_SERVER_URL, env.GITHUB_REPOSITORY, 'actions/runs', env.GITHUB_RUN_ID]),
    commit: env.GITHUB_SHA,
    actor: env.GITHUB_TRIGGERING_ACTOR ?? env.GITHUB_ACTOR,
  }),
  GITLAB: (env) => ({
    url: env.CI_JOB_URL ?? env.CI_PIPELINE_URL,
    commit: env.CI_COMMIT_SHA,
    actor: env.GITLAB_USER_LOGIN,
  }),
  BUILDKITE: (env) => ({
    url: env.BUILDKITE_BUILD_URL,
    commit: env.BUILDKITE_COMMIT,
    actor: env.BUILDKITE_BUILD_CREATOR,
  }),
  CIRCLE: (env) => ({
    url: env.CIRCLE_BUILD_URL,
    commit: env.CIRCLE_SHA1,
    actor: env.CIRCLE_USERNAME,
  }),
  JENKINS: (env) => ({
    url: env.BUILD_URL,
    commit: env.GIT_COMMIT,
    actor: env.BUILD_USER_ID,
  }),
  AZURE_PIPELINES: (env) => ({
    url: azureUrl(env),
    commit: env.BUILD_SOURCEVERSION,
    actor: env.BUILD_REQUESTEDFOR,
  }),
  BITBUCKET: (env) => ({
    url: joined([env.BITBUCKET_GIT_HTTP_ORIGIN, 'pipelines/results', env.BITBUCKET_BUILD_NUMBER]),
    commit: env.BITBUCKET_COMMIT,
    actor: undefined,
  }),
  CODEBUILD: (env) => ({
    url: env.CODEBUILD_PUBLIC_BUILD_URL,
    commit: env.CODEBUILD_RESOLVED_SOURCE_VERSION,
    actor: env.CODEBUILD_INITIATOR,
  }),
  DRONE: (env) => ({
    url: env.DRONE_BUILD_LINK,
    commit: env.DRONE_COMMIT_SHA,
    actor: env.DRONE_BUILD_TRIGGER,
  }),
  TRAVIS: (env) => ({
    url: env.TRAVIS_BUILD_WEB_URL,
    commit: env.TRAVIS_COMMIT,
    actor: undefined,
  }),
};

function azureUrl(env: Env): string | undefined {
  const project = joined([env.SYSTEM_COLLECTIONURI, env.SYSTEM_TEAMPROJECT, '_build/results']);
  const build = env.BUILD_BUILDID;
  return project === undefined || build === undefined ? undefined : `${project}?buildId=${build}`;
}

/** A URL of its parts, or nothing when one is missing. */
function joined(parts: readonly (string | undefined)[]): string | undefined {
  if (parts.some((part) => part === undefined || part === '')) return undefined;
  return parts.map((part) => part?.replace(/\/+$/, '')).join('/');
}
