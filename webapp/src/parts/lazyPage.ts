import { lazyRouteComponent } from '@tanstack/react-router';
import { told } from '../api/reach';

/** A page whose scripts could not be fetched because the server does not answer. */
export class PageAway extends Error {
  constructor() {
    super('The server does not answer. The page will load when it does.');
    this.name = 'PageAway';
  }
}

/** What `load` gives; where the server is away that is told in our words: the router would load everything anew, from nowhere. */
export async function fetched<T>(load: () => Promise<T>, ask: () => Promise<unknown> = () => fetch('/ui-api/session')): Promise<T> {
  try {
    return await load();
  } catch (failure) {
    // A server that answers has other scripts than this page knows: then everything is loaded anew.
    const answers = await ask().then(
      () => true,
      () => false,
    );
    if (answers) throw failure;
    told(false);
    throw new PageAway();
  }
}

/** A page that is loaded when it is first opened. */
export const lazyPage = <T extends Record<string, unknown>, K extends keyof T & string>(load: () => Promise<T>, name: K) => lazyRouteComponent((() => fetched(load)) as never, name as never) as ReturnType<typeof lazyRouteComponent>;
