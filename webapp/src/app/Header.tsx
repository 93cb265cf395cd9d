import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { CircleUser, Monitor, Moon, Sun } from 'lucide-react';
import { signOut, type Session } from '../api/session';
import { Mark } from './Mark';
import { Running } from './Running';
import { Search } from './Search';

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
  const navigate = useNavigate();
  async function leave() {
    await signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
    location.reload();
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
        <Menu.Item onClick={() => void navigate({ to: '/settings', search: { tab: 'tokens' } as never })}>Access tokens</Menu.Item>
        <Menu.Item onClick={() => void navigate({ to: '/settings', search: { tab: 'keyboard' } as never })}>Keyboard</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
