import { Menu, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown, LayoutGrid } from 'lucide-react';
import { sessionQuery } from '../api/session';
import { goTo, workspacesQuery, type Workspace } from '../api/workspaces';
import { useDialogs } from '../parts/Dialogs';

/** In which workspace one is, and the way to another; nothing for those who are in one only. */
export function Switch() {
  const session = useQuery(sessionQuery);
  const workspaces = useQuery(workspacesQuery);
  const { fail } = useDialogs();
  const all = workspaces.data ?? [];
  const current = all.find((each) => each.id === session.data?.workspace_id);
  if (!current || all.length < 2) return null;
  const change = (to: Workspace) => {
    // At the host of one workspace there is no other.
    if (location.host === new URL(current.url).host) location.assign(to.url);
    else goTo(to.id).then(() => location.assign(`/?o=${to.id}`), fail);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className="icon-button" aria-label={`Workspace ${current.name}`}>
          <LayoutGrid size={14} />
          <span>{current.name}</span>
          <ChevronDown size={12} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {all.map((each) => (
          <Menu.Item
            key={each.id}
            onClick={() => each.id !== current.id && change(each)}
            aria-current={each.id === current.id}
            rightSection={each.id === current.id ? <Check size={14} /> : undefined}
          >
            {each.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
