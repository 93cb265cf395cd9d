import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleUser, Monitor, Moon, Sun } from 'lucide-react';
import { signOut, type Session } from '../api/session';
import { useGo } from '../parts/Go';
import { Mark } from './Mark';
import { places } from '../parts/places';
import { New } from './New';
import { Running } from './Running';
import { Search } from './Search';
import { Switch } from './Switch';

const SCHEMES = [
  ['auto', 'As the system', Monitor],
  ['light', 'Light', Sun],
  ['dark', 'Dark', Moon],
] as const;

export function Header({ session }: { session: Session }) {
  return (
    <header className="header">
      <Link to="/" className="brand">
        <Mark /> Slipway
      </Link>
      <Search />
      <Switch />
      <New user={session.user_name} />
      <Running />
      <ThemeMenu />
      <UserMenu session={session} />
    </header>
  );
}

function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = SCHEMES.find(([value]) => value === colorScheme)?.[2] ?? Monitor;
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton className="icon-button" aria-label="Theme">
          <Icon size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(([value, name, Each]) => (
          <Menu.Item key={value} leftSection={<Each size={14} />} onClick={() => setColorScheme(value)} aria-current={value === colorScheme}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function UserMenu({ session }: { session: Session }) {
  const queries = useQueryClient();
  const go = useGo();
  async function leave() {
    // A session that is over already needs no ending.
    await signOut().catch(() => {});
    queries.clear();
    location.assign('/sign-in');
  }
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton className="icon-button" aria-label={`User ${session.user_name}`}>
          <CircleUser size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.user_name}
          {session.admin ? ' (admin)' : ''}
        </Menu.Label>
        <Menu.Item onClick={() => void go(places.settings('tokens'))}>Access tokens</Menu.Item>
        <Menu.Item onClick={() => void go(places.settings('keyboard'))}>Keyboard</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
