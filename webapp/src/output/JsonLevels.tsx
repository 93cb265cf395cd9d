import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';

/** Of a long list no more are drawn at a time. */
const STEP = 100;
/** Nor of a long text. */
const WORDS = 1000;

function brief(value: object): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  const names = Object.keys(value);
  return `{${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}}`;
}

function Leaf({ value }: { value: unknown }) {
  const [full, setFull] = useState(false);
  const kind = value === null ? 'null' : typeof value;
  const words = typeof value === 'string' ? JSON.stringify(value) : String(value);
  if (words.length <= WORDS) return <span className={`json-${kind}`}>{words}</span>;
  return (
    <>
      <span className={`json-${kind}`}>{full ? words : `${words.slice(0, WORDS)}…`}</span>
      <button type="button" className="json-more" aria-expanded={full} onClick={() => setFull(!full)}>
        {full ? 'Show less' : `Show all ${words.length.toLocaleString('en')} characters`}
      </button>
    </>
  );
}

function Node({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  const [open, setOpen] = useState(depth < 1);
  const label = name !== undefined && <span className="json-name">{name}: </span>;
  if (typeof value !== 'object' || value === null) {
    return (
      <li>
        {label}
        <Leaf value={value} />
      </li>
    );
  }
  return (
    <li>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <ChevronDown size={12} aria-hidden="true" /> : <ChevronRight size={12} aria-hidden="true" />}
        {label}
        <span className="dim">{brief(value)}</span>
      </button>
      {open && <Below value={value} depth={depth + 1} />}
    </li>
  );
}

function Below({ value, depth }: { value: object; depth: number }) {
  const [most, setMost] = useState(STEP);
  const entries = Object.entries(value);
  return (
    <ul>
      {entries.slice(0, most).map(([name, each]) => (
        <Node key={name} name={name} value={each} depth={depth} />
      ))}
      {entries.length > most && (
        <li>
          <button type="button" className="json-more" onClick={() => setMost(most + 10 * STEP)}>
            Show more of {entries.length}
          </button>
        </li>
      )}
    </ul>
  );
}

/** JSON to be opened level by level. */
export function JsonLevels({ value }: { value: unknown }) {
  return (
    <ul className="json">
      <Node value={value} depth={0} />
    </ul>
  );
}
