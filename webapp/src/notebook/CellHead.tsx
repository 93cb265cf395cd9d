import { ArrowDown, ArrowUp, ChevronDown, EllipsisVertical, Trash2 } from 'lucide-react';
import { CellMenu, LanguageItems } from './CellMenu';
import { LazyMenu } from './LazyMenu';
import { useRoom, useSession } from './room';
import { LANGUAGES } from './session/magic';
import type { Cell } from './session/notebook';

/** A cell's title and language, and what can be done with it. */
export function CellHead({ cell, number }: { cell: Cell; number: number }) {
  const { actions } = useRoom();
  const editable = useSession((view) => view.editable);
  const language = LANGUAGES[cell.language] ?? cell.language;
  const focus = () => document.getElementById(`cell-${cell.id}`)?.focus();
  return (
    <>
      {cell.titleShown && cell.title && <h3 className="cell-title">{cell.title}</h3>}
      <div className="cell-tools">
        {editable ? (
          <>
            <LazyMenu label={`Language of cell ${number}: ${language}`} className="cell-language" button={<>{language} <ChevronDown size={11} /></>} closed={focus}>
              <LanguageItems cell={cell} />
            </LazyMenu>
            <span className="cell-buttons">
              <button type="button" aria-label={`Move cell ${number} up`} title="Move up" onClick={() => actions.move(-1, [cell.id])}>
                <ArrowUp size={14} />
              </button>
              <button type="button" aria-label={`Move cell ${number} down`} title="Move down" onClick={() => actions.move(1, [cell.id])}>
                <ArrowDown size={14} />
              </button>
              <button type="button" aria-label={`Delete cell ${number}`} title="Delete (D D)" onClick={() => actions.remove([cell.id])}>
                <Trash2 size={14} />
              </button>
              <LazyMenu label={`More for cell ${number}`} button={<EllipsisVertical size={14} />} closed={focus}>
                <CellMenu cell={cell} />
              </LazyMenu>
            </span>
          </>
        ) : (
          <span className="cell-language">{language}</span>
        )}
      </div>
    </>
  );
}
