import './tree.css';
import { useQuery } from '@tanstack/react-query';
import { Folder, House } from 'lucide-react';
import { Go } from '../parts/Go';
import { folderQuery } from '../api/tree';
import { places } from '../parts/places';
import { Tree, type Branch } from '../parts/Tree';
import { nameOf } from '../parts/paths';

const folder = (path: string): Branch => ({
  id: path,
  label: (
    <Go place={places.folder(path)}>
      <Folder size={14} aria-hidden="true" /> {nameOf(path)}
    </Go>
  ),
  useBelow: () => {
    const objects = useQuery(folderQuery(path)).data ?? [];
    return objects.filter((each) => each.object_type === 'DIRECTORY').map((each) => folder(each.path));
  },
});

/** All folders; those above the present one are open. */
export function FolderTree({ path, home }: { path: string; home: string }) {
  const roots = (useQuery(folderQuery('/')).data ?? []).filter((each) => each.object_type === 'DIRECTORY').map((each) => folder(each.path));
  return (
    <nav className="side" aria-label="Folders">
      <Go place={places.folder(home)} className="side-link">
        <House size={14} aria-hidden="true" /> My folder
      </Go>
      <Tree branches={roots} current={path} inside={(id) => path === id || path.startsWith(`${id}/`)} />
    </nav>
  );
}
