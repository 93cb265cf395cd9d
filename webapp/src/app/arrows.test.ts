import { expect, test } from 'vitest';
import { AREAS } from './areas';

/** Each knows those before it. Areas stand beside each other between the last two. */
const SHARED = ['api', 'parts', 'output'];
/** What an area shows of another one. Whatever more of them need is a part. */
const BORROWED: Record<string, string[]> = {
  home: ['jobs/RunNow'],
  tree: ['jobs/ScheduleNotebook', 'catalog/TableFromFile'],
  notebook: ['jobs/ScheduleNotebook'],
  storage: ['tree/arrivals'],
  settings: ['notebook/KeyList'],
};

const sources: Record<string, string> = import.meta.glob('/src/*/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const budgets: Record<string, Record<string, number>> = import.meta.glob('/src/*/budget.json', { import: 'default', eager: true });
const names = AREAS.map((area) => area.name);
const folderOf = (path: string) => path.split('/')[0] ?? '';

interface Arrow {
  from: string;
  to: string;
  lazy: boolean;
}

const below = (path: string) => path.slice('/src/'.length);

/** Every import of one file by another, each as `folder/name`. */
const arrows: Arrow[] = Object.entries(sources).flatMap(([file, text]) =>
  [...text.matchAll(/\b(?:from|import)\s*(\(?)\s*['"](\.[^'"?]*)/g)]
    .map(([, bracket, target]) => ({ path: new URL(target ?? '', `file://${file}`).pathname, lazy: bracket === '(' }))
    .filter(({ path }) => path.startsWith('/src/'))
    .map(({ path, lazy }) => ({ from: below(file).replace(/\.tsx?$/, ''), to: below(path), lazy })),
);

function allowed({ from, to }: Arrow): boolean {
  const [here, there] = [folderOf(from), folderOf(to)];
  if (here === there) return true;
  const level = SHARED.indexOf(here);
  if (level >= 0) return SHARED.slice(0, level).includes(there);
  if (SHARED.includes(there)) return true;
  if (here === 'app') return to === `${there}/area`;
  return BORROWED[here]?.includes(to) ?? false;
}

test('folders know those below them, and of an area only what is lent', () => {
  expect(arrows.length).toBeGreaterThan(500);
  expect(arrows.filter((arrow) => !allowed(arrow)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('what is lent is borrowed, and nobody borrows in a circle', () => {
  for (const [area, pieces] of Object.entries(BORROWED)) {
    for (const piece of pieces) expect(arrows.some(({ from, to }) => folderOf(from) === area && to === piece), `${area} -> ${piece}`).toBe(true);
  }
  const lenders = (area: string): string[] => (BORROWED[area] ?? []).map(folderOf);
  const comesBack = (start: string, at: string, steps: number): boolean =>
    lenders(at).some((next) => next === start || (steps > 0 && comesBack(start, next, steps - 1)));
  expect(names.filter((area) => comesBack(area, area, names.length))).toEqual([]);
});

test('every folder is shared, the shell, or an area that is listed', () => {
  expect([...new Set(Object.keys(sources).map((file) => folderOf(below(file))))].sort()).toEqual([...SHARED, 'app', ...names].sort());
});

test('a budget belongs to something that its folder loads by itself', () => {
  const own = Object.entries(budgets).map(([file, budget]) => ({ folder: folderOf(below(file)), parts: Object.keys(budget) }));
  // That of the shell holds what is usual, too.
  for (const { folder, parts } of own.filter((each) => each.folder !== 'app')) {
    const loaded = arrows.filter(({ to, lazy }) => lazy && folderOf(to) === folder).map(({ to }) => to.split('/').at(-1));
    expect(loaded).toEqual(expect.arrayContaining(parts));
  }
});
