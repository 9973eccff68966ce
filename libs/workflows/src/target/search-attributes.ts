import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributePair } from '@temporalio/common';
import { searchAttributesOf } from '@fairlead/contracts';
import type { DeploymentInput } from '@fairlead/contracts';

export function deploymentSearchAttributes(input: DeploymentInput): SearchAttributePair[] {
  return searchAttributesOf(input).map(([name, value]) => ({
    key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
    value,
  }));
}
