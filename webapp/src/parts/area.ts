import type { QueryClient } from '@tanstack/react-query';
import type { lazyRouteComponent } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import type { Kind } from '../api/changes';

/** What an area adds to the application. The shell loads this much of it; the rest comes when one of its pages is opened. */
export interface Area {
  name: string;
  /** By address. */
  pages: Record<string, ReturnType<typeof lazyRouteComponent>>;
  /** What a page asks for first, by its address: it is asked for together with the page's scripts, not after them. */
  begins?: Record<string, (queries: QueryClient) => Promise<void>>;
  /** Its entry in the rail, or the area whose entry is marked while a page of this one is open. */
  rail: { to: string; label: string; Icon: LucideIcon } | { within: string };
  /** What the query cache has of the area that is stale after something of a kind has changed. */
  stale: Partial<Record<Kind, ReadonlyArray<readonly unknown[]>>>;
}
