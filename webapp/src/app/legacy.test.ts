import { expect, test } from 'vitest';
import { legacyAddress } from './legacy';

test('the run page url of the Jobs API leads to the run', () => {
  expect(legacyAddress('#job/12/run/34')).toBe('/jobs/12/runs/34');
  expect(legacyAddress('#jobs/0/runs/34')).toBe('/jobs/0/runs/34');
});

test('clusters, notebooks and experiments of the hash era are found', () => {
  expect(legacyAddress('#setting/clusters/1121-060731-bfjom1ut/configuration')).toBe('/compute/clusters/1121-060731-bfjom1ut');
  expect(legacyAddress('#notebook/991/command/5')).toBe('/objects/991');
  expect(legacyAddress('#/experiments/7/runs/abc')).toBe('/ml/experiments/7');
});

test('other fragments are left alone', () => {
  expect(legacyAddress('')).toBeUndefined();
  expect(legacyAddress('#code=abc')).toBeUndefined();
});
