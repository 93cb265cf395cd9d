import { Button, Menu } from '@mantine/core';
import { Plus } from 'lucide-react';
import { NEW_NOTEBOOKS, useNewNotebook } from '../parts/newNotebook';
import { useGo } from '../parts/Go';
import { places } from '../parts/places';

/** The next thing to make, from every page. Notebooks go to the user's own folder. */
export function New({ user }: { user: string }) {
  const notebook = useNewNotebook();
  const go = useGo();
  return (
    <Menu>
      <Menu.Target>
        <Button className="new-button" size="compact-sm" leftSection={<Plus size={14} />}>
          New
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {NEW_NOTEBOOKS.map((kind) => (
          <Menu.Item key={kind.language} onClick={() => notebook(kind, `/Users/${user}`)}>
            {kind.title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void go(places.newJob)}>Job</Menu.Item>
        <Menu.Item onClick={() => void go(places.newCluster())}>Cluster</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
