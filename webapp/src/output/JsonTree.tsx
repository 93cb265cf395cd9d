import { lazy, Suspense } from 'react';

const JsonLevels = lazy(() => import('./JsonLevels').then((loaded) => ({ default: loaded.JsonLevels })));

/** JSON to be opened level by level. Seldom seen: loaded when there is some. */
export function JsonTree({ value }: { value: unknown }) {
  return (
    <Suspense fallback={null}>
      <JsonLevels value={value} />
    </Suspense>
  );
}
