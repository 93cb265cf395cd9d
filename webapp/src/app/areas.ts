import type { Change } from '../api/changes';
import { access } from '../access/area';
import { catalog } from '../catalog/area';
import { compute } from '../compute/area';
import { home } from '../home/area';
import { jobs } from '../jobs/area';
import { notebook } from '../notebook/area';
import type { Area } from '../parts/area';
import { people } from '../people/area';
import { settings } from '../settings/area';
import { storage } from '../storage/area';
import { tree } from '../tree/area';

/** All that the application is made of, as the rail shows it from top to bottom. */
export const AREAS: readonly Area[] = [home, tree, notebook, catalog, storage, access, jobs, compute, people, settings];

/** The keys of the query cache that are stale after a change. */
export const staleAfter = ({ kind }: Pick<Change, 'kind'>) => AREAS.flatMap((area) => area.stale[kind] ?? []);

const firstWord = (address: string) => address.split('/')[1] ?? '';

/** The area that the rail marks at an address. */
export function areaAt(address: string): string | undefined {
  const area = AREAS.find(({ pages }) => Object.keys(pages).some((page) => firstWord(page) === firstWord(address)));
  return area && ('within' in area.rail ? area.rail.within : area.name);
}
