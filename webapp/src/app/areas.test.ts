import { expect, test } from 'vitest';
import { KINDS } from '../api/changes';
import { keys } from '../api/keys';
import { places } from '../parts/places';
import { areaAt, AREAS, staleAfter } from './areas';

const pages = AREAS.flatMap((area) => Object.keys(area.pages));

test('no two areas have a name or an address in common', () => {
  const names = AREAS.map((area) => area.name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(pages).size).toBe(pages.length);
});

test('every place leads to a page', () => {
  const { home, compute, folder, notebook, file, jobs, copyOfJob, job, run, newCluster, cluster, editCluster, catalog, people, group, settings, storage } = places;
  const { access, iamUser, iamGroup, iamRole, iamPolicy, instanceProfile } = places;
  const all = [home, compute, folder('/'), notebook('/a'), file('/a'), jobs(), copyOfJob(1), job(1), run(1, 2), newCluster(), cluster('a'), editCluster('a')];
  const names = ['a', 'b', 'c'];
  const catalogs = [0, 1, 2, 3].map((depth) => catalog(...names.slice(0, depth)));
  const buckets = [storage(), storage('b'), storage('b', 'f/'), storage('b', 'f//'), storage('b', 'f/', 'f/o')];
  const account = [access(), ...[iamUser, iamGroup, iamRole, iamPolicy, instanceProfile].map((place) => place('a'))];
  expect([...all, ...catalogs, ...buckets, ...account, people(), group('1'), settings()].map(({ to }) => to).filter((to) => !pages.includes(to))).toEqual([]);
});

test('the rail leads to pages, and marks the area of a page or the one that it is within', () => {
  expect(AREAS.flatMap(({ rail }) => ('to' in rail && !pages.includes(rail.to) ? [rail.to] : []))).toEqual([]);
  expect(areaAt('/')).toBe('home');
  expect(areaAt('/jobs/1/runs/2')).toBe('jobs');
  expect(['/workspace', '/file/a.py', '/notebook/a/b', '/objects/7'].map(areaAt)).toEqual(['tree', 'tree', 'tree', 'tree']);
  expect(areaAt('/explore/data/main')).toBe('catalog');
  expect(areaAt('/sql/editor')).toBeUndefined();
  expect(AREAS.flatMap(({ rail }) => ('within' in rail ? AREAS.filter(({ name }) => name === rail.within).map((each) => 'to' in each.rail) : []))).toEqual([true]);
});

test('whatever the server tells makes stale what shows it', () => {
  expect(KINDS.filter((kind) => staleAfter({ kind }).length === 0)).toEqual([]);
  expect(staleAfter({ kind: 'cluster' })).toEqual([keys.clusters]);
  expect(staleAfter({ kind: 'job' })).toEqual([keys.jobs]);
  expect(staleAfter({ kind: 'run' })).toEqual([keys.home, keys.runs]);
  expect(staleAfter({ kind: 'tree' })).toEqual([keys.home, keys.tree]);
  expect(staleAfter({ kind: 'table' })).toEqual([keys.catalogs, ['schema'], ['table']]);
});
