import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Folder } from 'lucide-react';
import { useState } from 'react';
import { folderQuery, type WorkspaceObject } from '../api/tree';
import { ObjectIcon } from './ObjectIcon';
import { nameOf } from './paths';
import { Tree, type Branch } from './Tree';

interface Props {
  label: string;
  description?: string;
  placeholder: string;
  path: string;
  set: (path: string) => void;
  error?: string;
  /** Which objects of the workspace can be chosen. */
  fits: (object: WorkspaceObject) => boolean;
}

/** A path that is typed, or chosen from the workspace. */
export function PathInput({ label, description, placeholder, path, set, error, fits }: Props) {
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <TextInput
        label={label}
        description={description}
        placeholder={placeholder}
        value={path}
        onChange={(event) => set(event.currentTarget.value)}
        error={error}
        spellCheck={false}
        rightSectionWidth={66}
        rightSection={
          <Button size="compact-xs" variant="default" onClick={() => setChoosing(true)} aria-label={`Browse: ${label}`}>
            Browse
          </Button>
        }
      />
      <Modal opened={choosing} onClose={() => setChoosing(false)} title={`Choose: ${label.toLowerCase()}`} size={480}>
        <Chooser
          path={path}
          fits={fits}
          choose={(chosen) => {
            set(chosen);
            setChoosing(false);
          }}
        />
      </Modal>
    </>
  );
}

/** The tree of the workspace, with what can be chosen from it. */
export function Chooser({ path, fits, choose }: { path: string; fits: Props['fits']; choose: (path: string) => void }) {
  const roots = useBranches('/', fits, choose);
  return (
    <nav className="chooser" aria-label="Workspace">
      <Tree branches={roots} current={path} inside={(id) => path.startsWith(`${id}/`)} />
    </nav>
  );
}

function useBranches(folder: string, fits: Props['fits'], choose: (path: string) => void): Branch[] {
  const objects = useQuery(folderQuery(folder)).data ?? [];
  return objects
    .filter((object) => object.object_type === 'DIRECTORY' || fits(object))
    .map((object) => (object.object_type === 'DIRECTORY' ? branch(object, fits, choose) : { id: object.path, label: <Leaf object={object} choose={choose} /> }));
}

const branch = (object: WorkspaceObject, fits: Props['fits'], choose: (path: string) => void): Branch => ({
  id: object.path,
  label: (
    <span>
      <Folder size={14} aria-hidden="true" /> {nameOf(object.path)}
    </span>
  ),
  useBelow: () => useBranches(object.path, fits, choose),
});

function Leaf({ object, choose }: { object: WorkspaceObject; choose: (path: string) => void }) {
  return (
    <button type="button" className="leaf" onClick={() => choose(object.path)}>
      <ObjectIcon object={object} /> {nameOf(object.path)}
    </button>
  );
}
