import { Link, useLocation } from '@tanstack/react-router';
import { Cpu, Database, FolderTree, House, PanelLeft, Settings, Workflow, type LucideIcon } from 'lucide-react';
import { useState } from 'react';

interface Area {
  to: string;
  name: string;
  Icon: LucideIcon;
  /** First words of addresses that belong to the area. */
  pages: string[];
}

const AREAS: Area[] = [
  { to: '/', name: 'Home', Icon: House, pages: [''] },
  { to: '/workspace', name: 'Workspace', Icon: FolderTree, pages: ['workspace', 'notebook', 'file', 'objects'] },
  { to: '/explore/data', name: 'Catalog', Icon: Database, pages: ['explore'] },
  { to: '/jobs', name: 'Jobs & runs', Icon: Workflow, pages: ['jobs'] },
  { to: '/compute', name: 'Compute', Icon: Cpu, pages: ['compute'] },
  { to: '/settings', name: 'Settings', Icon: Settings, pages: ['settings'] },
];
const KEPT = 'slipway-rail';

export function Rail() {
  const first = useLocation().pathname.split('/')[1] ?? '';
  const [narrow, setNarrow] = useState(localStorage.getItem(KEPT) === 'narrow');
  const toggle = () => {
    localStorage.setItem(KEPT, narrow ? 'wide' : 'narrow');
    setNarrow(!narrow);
  };
  return (
    <nav className={narrow ? 'rail narrow' : 'rail'} aria-label="Areas">
      {AREAS.map(({ to, name, Icon, pages }) => (
        <Link key={to} to={to} className={pages.includes(first) ? 'here' : ''} title={narrow ? name : undefined} aria-label={name}>
          <Icon size={16} aria-hidden="true" />
          {!narrow && <span>{name}</span>}
        </Link>
      ))}
      <button type="button" onClick={toggle} aria-label={narrow ? 'Widen the rail' : 'Narrow the rail'}>
        <PanelLeft size={16} aria-hidden="true" />
      </button>
    </nav>
  );
}
