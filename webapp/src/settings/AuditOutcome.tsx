import type { AuditEntry } from '../api/audit';

const WORDS = { ok: 'ok', refused: 'refused', failed: 'failed', unknown: 'no end known' };

/** How a call ended, in a word and the status of HTTP. */
export function Outcome({ entry }: { entry: AuditEntry }) {
  const why = entry.outcome === 'unknown' ? 'It goes on, or the server was stopped in the middle of it.' : entry.error;
  return (
    <span className={`audit-outcome ${entry.outcome}`} title={why}>
      {WORDS[entry.outcome]} {entry.status}
    </span>
  );
}
