import { expect, it } from '@jest/globals';
import { listQuery } from './list-deployments.ts';

it('asks for all deployments without a filter', () => {
  expect(listQuery({})).toBe("WorkflowType = 'deployment'");
});

it('joins what is wanted, with quotes made harmless', () => {
  expect(listQuery({ environment: "a' OR '1", outcome: 'failed', source: 'command' })).toBe(
    "WorkflowType = 'deployment' AND DeployEnvironment = 'a'' OR ''1' AND DeployOutcome = 'failed' AND DeploySource = 'command'",
  );
});
