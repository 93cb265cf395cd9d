import { Link } from '@tanstack/react-router';
import { Cpu, Database, FolderTree, House, PanelLeft, Settings, Workflow, type LucideIcon } from 'lucide-react';
import { useState } from 'react';

const ITEMS: [string, string, LucideIcon][] = [
  ['/', 'Home', House],
  ['/workspace', 'Workspace', FolderTree],
  ['/explore/data', 'Catalog', Database],
  ['/jobs', 'Jobs & runs', Workflow],
  ['/compute', 'Compute', Cpu],
  ['/settings', 'Settings', Settings],
];
const KEPT = 'slipway-rail';

export function Rail() {
  const [narrow, setNarrow] = useState(localStorage.getItem(KEPT) === 'narrow');
  const toggle = () => {
    localStorage.setItem(KEPT, narrow ? 'wide' : 'narrow');
    setNarrow(!narrow);
  };
  return (
    <nav className={narrow ? 'rail narrow' : 'rail'} aria-label="Areas">
      {ITEMS.map(([to, name, Icon]) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} title={narrow ? name : undefined} aria-label={name}>
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
