import { ActionIcon, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { EllipsisVertical } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { keys } from '../api/keys';
import { deleteObject, download, moveObject, sharedObject, type ExportFormat, type WorkspaceObject } from '../api/tree';
import { useDialogs } from '../parts/Dialogs';
import { save } from '../parts/save';
import { Share } from '../parts/Share';
import { holdsTable, localPath, nameOf, parentOf } from '../parts/paths';

const ScheduleNotebook = lazy(() => import('../jobs/ScheduleNotebook').then((module) => ({ default: module.ScheduleNotebook })));

const TableFromFile = lazy(() => import('../catalog/TableFromFile').then((module) => ({ default: module.TableFromFile })));

const EXTENSIONS: Record<string, string> = { PYTHON: '.py', SQL: '.sql', SCALA: '.scala', R: '.r' };

function exports(object: WorkspaceObject): [string, ExportFormat, string][] {
  const name = nameOf(object.path);
  if (object.object_type === 'DIRECTORY') return [['Download as zip', 'SOURCE', `${name}.zip`]];
  if (object.object_type !== 'NOTEBOOK') return [['Download', 'AUTO', name]];
  return [
    ['Download source', 'SOURCE', name + (EXTENSIONS[object.language ?? ''] ?? '.txt')],
    ['Download .ipynb', 'JUPYTER', `${name}.ipynb`],
    ['Download HTML', 'HTML', `${name}.html`],
  ];
}

export function ObjectMenu({ object }: { object: WorkspaceObject }) {
  const queries = useQueryClient();
  const { ask, fail, tell } = useDialogs();
  const [tabling, setTabling] = useState(false);
  const [scheduling, setScheduling] = useState(false);
  const [sharing, setSharing] = useState(false);
  const name = nameOf(object.path);
  const refresh = () => queries.invalidateQueries({ queryKey: keys.tree });

  async function take(format: ExportFormat, as: string) {
    try {
      save(await download(object.path, format), as);
    } catch (failure) {
      fail(failure);
    }
  }
  const rename = () =>
    ask({
      title: `Rename or move ${name}`,
      action: 'Rename',
      text: { label: 'New path', value: object.path },
      run: async (text) => {
        await moveObject(object, text.startsWith('/') ? text : `${parentOf(object.path)}/${text}`);
        await refresh();
      },
    });
  const remove = () =>
    ask({
      title: `Delete ${name}?`,
      body: <p>{object.object_type === 'DIRECTORY' ? `Everything in ${object.path} is deleted with it.` : `${object.path} is gone afterwards.`}</p>,
      action: 'Delete',
      danger: true,
      run: async () => {
        await deleteObject(object.path);
        await refresh();
        tell(`Deleted ${object.path}.`);
      },
    });
  const menu = (
    <Menu>
      <Menu.Target>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Actions for ${name}`}>
          <EllipsisVertical size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {exports(object).map(([label, format, as]) => (
          <Menu.Item key={label} onClick={() => void take(format, as)}>
            {label}
          </Menu.Item>
        ))}
        {object.object_type === 'NOTEBOOK' && <Menu.Item onClick={() => setScheduling(true)}>Schedule</Menu.Item>}
        {object.object_type === 'FILE' && holdsTable(object.path) && <Menu.Item onClick={() => setTabling(true)}>Create table</Menu.Item>}
        <Menu.Item onClick={() => void navigator.clipboard.writeText(object.object_type === 'NOTEBOOK' ? object.path : localPath(object.path))}>Copy path</Menu.Item>
        <Menu.Item onClick={() => setSharing(true)}>Share</Menu.Item>
        <Menu.Item onClick={rename}>Rename or move</Menu.Item>
        <Menu.Divider />
        <Menu.Item c="var(--sw-failed)" onClick={remove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      {menu}
      {tabling && (
        <Suspense>
          <TableFromFile file={{ name, path: object.path }} close={() => setTabling(false)} />
        </Suspense>
      )}
      {sharing && <Share thing={sharedObject(object)} name={name} close={() => setSharing(false)} />}
      {scheduling && (
        <Suspense>
          <ScheduleNotebook path={object.path} opened close={() => setScheduling(false)} />
        </Suspense>
      )}
    </>
  );
}
