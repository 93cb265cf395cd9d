import { lazy, Suspense } from 'react';
import { Between } from './Between';
import { CellFrame } from './CellFrame';
import { useDesk, useRoom, useSession } from './room';

const Contents = lazy(() => import('./Contents').then((module) => ({ default: module.Contents })));
const FindBar = lazy(() => import('./FindBar').then((module) => ({ default: module.FindBar })));
const Revisions = lazy(() => import('./Revisions').then((module) => ({ default: module.Revisions })));

/** All cells of the notebook, one below the other, and what is open beside them. */
export function Cells() {
  const { actions } = useRoom();
  const order = useSession((view) => view.notebook.order);
  const editable = useSession((view) => view.editable);
  const contents = useDesk((view) => view.contents);
  const drawer = useDesk((view) => view.drawer);
  const find = useDesk((view) => view.find);
  return (
    <Suspense fallback={null}>
      <div className="nb-body">
        {find && <FindBar />}
        {contents && <Contents />}
        <div className="nb-cells">
          {order.map((id, index) => (
            <CellFrame key={id} id={id} number={index + 1} />
          ))}
          {order.length === 0 && <p className="dim nb-empty">This notebook has no cells{editable ? ' yet.' : '.'}</p>}
          {editable && <Between after={order.at(-1) ?? ''} last />}
          {editable && <div className="nb-rest" onDoubleClick={() => actions.insert('below', '', order.at(-1) ?? '')} />}
        </div>
        {drawer === 'revisions' && <Revisions />}
      </div>
    </Suspense>
  );
}
