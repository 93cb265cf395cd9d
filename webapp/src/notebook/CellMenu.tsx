import { Menu } from '@mantine/core';
import { Check } from 'lucide-react';
import { useDialogs } from '../parts/Dialogs';
import { useRoom, useSession } from './room';
import { LANGUAGES } from './session/magic';
import type { Cell } from './session/notebook';

export function LanguageItems({ cell }: { cell: Cell }) {
  const { actions } = useRoom();
  const notebook = useSession((view) => view.notebook.language);
  return Object.entries(LANGUAGES).map(([language, name]) => (
    <Menu.Item
      key={language}
      leftSection={language === cell.language ? <Check size={13} /> : <i className="menu-blank" />}
      rightSection={<small className="dim">{language === notebook ? 'as the notebook' : `%${language}`}</small>}
      onClick={() => actions.language(cell.id, language)}
    >
      {name}
    </Menu.Item>
  ));
}

export function CellMenu({ cell }: { cell: Cell }) {
  const { actions, desk } = useRoom();
  const { ask } = useDialogs();
  const { id } = cell;
  const choose = (run: () => void) => () => {
    desk.choose(id);
    run();
  };
  const rename = () =>
    ask({
      title: 'Title of the cell',
      action: 'Set title',
      text: { label: 'Title', value: cell.title },
      run: async (title) => actions.title(id, title),
    });
  return (
    <>
      <Menu.Item onClick={() => actions.runAbove(id)}>Run all above</Menu.Item>
      <Menu.Item onClick={() => actions.runBelow(id)}>Run this and all below</Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={rename}>{cell.title ? 'Change title' : 'Set title'}</Menu.Item>
      {cell.title && <Menu.Item onClick={() => actions.title(id, '')}>Remove title</Menu.Item>}
      {cell.kind === 'code' && <Menu.Item onClick={() => actions.collapse(id, 'code')}>{cell.codeHidden ? 'Show code' : 'Hide code'}</Menu.Item>}
      {cell.kind === 'code' && <Menu.Item onClick={() => actions.collapse(id, 'result')}>{cell.resultHidden ? 'Show result' : 'Hide result'}</Menu.Item>}
      {cell.kind === 'code' && (
        <Menu.Item disabled={!cell.run && cell.outputs.length === 0} onClick={() => actions.clear([id])}>
          Clear output
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item onClick={choose(() => actions.cut())}>Cut</Menu.Item>
      <Menu.Item onClick={choose(() => actions.copy())}>Copy</Menu.Item>
      <Menu.Item onClick={choose(() => actions.paste())}>Paste below</Menu.Item>
      <Menu.Item onClick={() => actions.duplicate(id)}>Duplicate</Menu.Item>
      <Menu.Item onClick={choose(() => actions.merge())}>Merge with the next</Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={choose(() => actions.insert('above'))}>Insert above</Menu.Item>
      <Menu.Item onClick={choose(() => actions.insert('below'))}>Insert below</Menu.Item>
    </>
  );
}
