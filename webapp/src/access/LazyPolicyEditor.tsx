import { lazy, Suspense, type ComponentProps } from 'react';
import { fetched } from '../parts/lazyPage';
import { Waiting } from '../parts/Waiting';

const Editor = lazy(() => fetched(() => import('./PolicyEditor')).then((module) => ({ default: module.PolicyEditor })));

/** The editor is large, and needed only by those who write. */
export function LazyPolicyEditor(props: ComponentProps<typeof Editor>) {
  return (
    <Suspense fallback={<Waiting />}>
      <Editor {...props} />
    </Suspense>
  );
}
