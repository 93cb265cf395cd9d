import { Link, useLocation } from '@tanstack/react-router';
import { PanelLeft } from 'lucide-react';
import { useState } from 'react';
import { areaAt, AREAS } from './areas';

const KEPT = 'slipway-rail';

export function Rail() {
  const here = areaAt(useLocation().pathname);
  const [narrow, setNarrow] = useState(localStorage.getItem(KEPT) === 'narrow');
  const toggle = () => {
    localStorage.setItem(KEPT, narrow ? 'wide' : 'narrow');
    setNarrow(!narrow);
  };
  return (
    <nav className={narrow ? 'rail narrow' : 'rail'} aria-label="Areas">
      {AREAS.map(({ name, rail }) => 'to' in rail && (
        <Link key={name} to={rail.to} className={name === here ? 'here' : ''} title={narrow ? rail.label : undefined} aria-label={rail.label}>
          <rail.Icon size={16} aria-hidden="true" />
          {!narrow && <span>{rail.label}</span>}
        </Link>
      ))}
      <button type="button" onClick={toggle} aria-label={narrow ? 'Widen the rail' : 'Narrow the rail'}>
        <PanelLeft size={16} aria-hidden="true" />
      </button>
    </nav>
  );
}
