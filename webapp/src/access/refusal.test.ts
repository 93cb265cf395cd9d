import { expect, test } from 'vitest';
import { ApiError } from '../api/client';
import { fieldOf } from './refusal';

test.each([
  ['EntityAlreadyExists', 'Role with name machines already exists.', 'name'],
  ['ValidationError', 'The specified value for roleName is invalid. It must contain only alphanumeric characters', 'name'],
  ['ValidationError', "1 validation error detected: Value at 'policyName' failed to satisfy constraint: Member must have length", 'name'],
  ['ValidationError', "1 validation error detected: Value at 'description' failed to satisfy constraint", 'description'],
  ['MalformedPolicyDocument', 'Syntax errors in policy.', 'document'],
  ['LimitExceeded', 'Cannot exceed quota for PolicySize: 6144', 'document'],
  ['LimitExceeded', 'Maximum policy size of 2048 bytes exceeded', 'document'],
  ['LimitExceeded', 'Cannot exceed quota for PoliciesPerRole: 10', undefined],
  ['AccessDenied', 'User: x is not authorized to perform: iam:CreateRole', undefined],
])('%s: %s is about %s', (code, message, field) => {
  expect(fieldOf(new ApiError(400, code, message, ''))).toBe(field);
});
