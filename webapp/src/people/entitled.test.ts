import { expect, test } from 'vitest';
import { entitled } from './entitled';

const users = { id: '3', displayName: 'users', entitlements: [{ value: 'workspace-access' }] };
const makers = { id: '7', displayName: 'makers', entitlements: [{ value: 'allow-cluster-create' }] };
const ann = { id: '9', displayName: 'Ann', groups: [{ value: '3', display: 'users', $ref: 'Groups/3' }], entitlements: [{ value: 'allow-cluster-create' }] };

test('an entitlement is somebody’s own, or comes by a group', () => {
  expect(entitled(ann, [users, makers], 'allow-cluster-create')).toEqual({ own: true, by: [] });
  expect(entitled(ann, [users, makers], 'workspace-access')).toEqual({ own: false, by: ['users'] });
  expect(entitled(ann, [users, makers], 'databricks-sql-access')).toEqual({ own: false, by: [] });
});
