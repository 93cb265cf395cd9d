import { Between } from './Between';
import { CellFrame } from './CellFrame';
import { useRoom, useSession } from './room';

/** All cells of the notebook, one below the other. */
export function Cells() {
  const { actions } = useRoom();
  const order = useSession((view) => view.notebook.order);
  const editable = useSession((view) => view.editable);
  return (
    <div className="nb-body">
      <div className="nb-cells" role="feed" aria-label="Cells" aria-busy="false">
        {order.map((id, index) => (
          <CellFrame key={id} id={id} number={index + 1} />
        ))}
        {order.length === 0 && <p className="dim nb-empty">This notebook has no cells{editable ? ' yet.' : '.'}</p>}
        {editable && <Between after={order.at(-1) ?? ''} last />}
        {editable && <button type="button" className="nb-rest" aria-label="Add a cell at the end" tabIndex={-1} onDoubleClick={() => actions.insert('below', '', order.at(-1) ?? '')} />}
      </div>
    </div>
  );
}
