import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type MouseEvent } from 'react';
import { auditDownload, auditHoursQuery, auditNewerQuery, auditPagesQuery, type AuditEntry, type AuditFilter, type AuditScope } from '../api/audit';
import type { Column } from '../parts/column';
import { Empty } from '../parts/Empty';
import { sessionQuery } from '../api/session';
import { ErrorNote } from '../parts/ErrorNote';
import { saveFrom } from '../parts/save';
import { Table } from '../parts/Table';
import { absolute, clock } from '../parts/time';
import { useUrlState } from '../parts/urlState';
import { Waiting } from '../parts/Waiting';
import { AuditChart } from './AuditChart';
import { AuditDetails } from './AuditDetails';
import { AuditFilters, type Chosen } from './AuditFilters';
import { Outcome } from './AuditOutcome';
import { bars, rangeOf, spanOf } from './auditSpan';
import './audit.css';

const KEYS = ['actor', 'action', 'outcome', 'address', 'text'] as const;
const SCOPES = [
  { value: 'workspace', label: 'This workspace' },
  { value: 'account', label: 'The account' },
];

/** Filters live in the address, so that what somebody has found can be sent to others. */
function useChosen(): [Chosen & { hour: string }, (to: Partial<Chosen & { hour: string }>) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const text = (key: string) => (search[key] === undefined ? '' : String(search[key]));
  const chosen = {
    span: spanOf(text('span')),
    hour: text('hour'),
    actor: text('actor'),
    action: text('action'),
    outcome: text('outcome'),
    address: text('address'),
    text: text('text'),
  };
  const change = (to: Record<string, string>) => {
    const set = Object.fromEntries(Object.entries(to).map(([key, value]) => [key, value === '' ? undefined : value]));
    void navigate({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, ...set })) as never, replace: true });
  };
  return [chosen, change];
}

function filterOf(chosen: Chosen): AuditFilter {
  const [service, action] = chosen.action.split('/');
  const all = { actor: chosen.actor, service: service ?? '', action: action ?? '', outcome: chosen.outcome, address: chosen.address, text: chosen.text };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.trim() !== ''));
}

/** Who asked what of this platform, from where, and what came of it. */
export function Audit() {
  const [chosen, change] = useChosen();
  const [of, setOf] = useUrlState('of', 'workspace');
  const account = useQuery(sessionQuery).data?.account_admin ?? false;
  const scope: AuditScope = of === 'account' ? 'account' : 'workspace';
  const [now, setNow] = useState(() => Date.now());
  const [open, setOpen] = useState<AuditEntry>();

  const span = spanOf(chosen.span);
  const range = rangeOf(span, now);
  const filter = filterOf(chosen);
  const [begin, end] = chosen.hour.split('-').map(Number);
  const narrow = begin && end ? { from: begin, to: end } : undefined;
  const listed: AuditFilter = { ...filter, ...(narrow ?? { from: range.from }) };

  const hours = useQuery(auditHoursQuery(scope, filter, range.from, range.to));
  const pages = useInfiniteQuery(auditPagesQuery(scope, listed));
  const rows = pages.data?.pages.flatMap((page) => page.entries ?? []) ?? [];
  const newest = rows[0]?.seq ?? 0;
  const newer = useQuery({ ...auditNewerQuery(scope, listed, newest), enabled: pages.isSuccess && !narrow });
  const refresh = () => {
    setNow(Date.now());
    void pages.refetch();
    void hours.refetch();
  };

  if (pages.isError) return <ErrorNote error={pages.error} retry={() => void pages.refetch()} />;
  const filtered = KEYS.some((key) => chosen[key] !== '') || narrow !== undefined;
  return (
    <div className="audit">
      <AuditFilters chosen={chosen} change={change} />
      {hours.data && <AuditChart bars={bars(hours.data, span, range.from)} choose={(bar) => change({ hour: `${bar.from}-${bar.to}` })} />}
      <div className="tools">
        {account && <SegmentedControl size="xs" aria-label="Whose log" data={SCOPES} value={scope} onChange={setOf} />}
        <Button size="xs" variant="default" onClick={() => saveFrom(auditDownload(scope, listed), 'audit.jsonl')}>
          Download
        </Button>
        {narrow && (
          <Button size="xs" variant="light" onClick={() => change({ hour: '' })}>
            {clock(narrow.from)} to {clock(narrow.to)} ×
          </Button>
        )}
        {(newer.data ?? 0) > 0 && (
          <Button size="xs" onClick={refresh}>
            Show {newer.data === 1000 ? 'more than 1000' : newer.data} newer
          </Button>
        )}
      </div>
      {pages.isPending ? (
        <Waiting />
      ) : (
        <Table label="calls" rows={rows} columns={columns(change, setOpen)} id={(entry) => entry.seq} open={setOpen} empty={<Nothing filtered={filtered} />} />
      )}
      {pages.hasNextPage && (
        <Button size="xs" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show older
        </Button>
      )}
      <AuditDetails entry={open} close={() => setOpen(undefined)} />
    </div>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <p className="dim none">No call of this time is like that. Look further back, or clear the filters.</p>
  ) : (
    <Empty title="No call in this time" command="ls $SLIPWAY_HOME/data/audit">
      Every call of the API is written down here and in files of the server. Look further back.
    </Empty>
  );
}

/** A value that becomes a filter with a click. */
function Choose({ value, set, children }: { value: string; set: () => void; children?: string }) {
  const clicked = (event: MouseEvent) => {
    event.stopPropagation();
    set();
  };
  return (
    <button type="button" className="audit-choose" title={`Only ${value}`} onClick={clicked}>
      {children ?? value}
    </button>
  );
}

const NAMES = ['cluster_name', 'name', 'user_name', 'display_name', 'path', 'scope', 'key', 'full_name', 'cluster_id', 'clusterId', 'job_id', 'run_id', 'id', 'cluster'];

/** What a call was about: what the request names, else what it has made. */
function subject(entry: AuditEntry): string {
  const named = NAMES.flatMap((name) => entry.parameters?.[name] ?? []).slice(0, 2);
  return named.length > 0 ? named.join(' ') : (entry.result ?? '');
}

function columns(change: (to: Partial<Chosen>) => void, open: (entry: AuditEntry) => void): Column<AuditEntry>[] {
  return [
    {
      name: 'Time',
      width: 180,
      cell: (entry) => (
        <button type="button" className="audit-choose open num" title="All of this call" onClick={() => open(entry)}>
          {absolute(entry.at)}
        </button>
      ),
    },
    { name: 'Who', cell: (entry) => (entry.actor ? <Choose value={entry.actor} set={() => change({ actor: entry.actor })} /> : <span className="dim">nobody known</span>) },
    { name: 'From', width: 130, cell: (entry) => <Choose value={entry.address} set={() => change({ address: entry.address })} /> },
    {
      name: 'What',
      cell: (entry) => (
        <>
          <Choose value={entry.service} set={() => change({ action: entry.service })} /> / <Choose value={`${entry.service}/${entry.action}`} set={() => change({ action: `${entry.service}/${entry.action}` })}>{entry.action}</Choose>
        </>
      ),
    },
    { name: 'On what', cell: (entry) => <span className="audit-subject" title={subject(entry)}>{subject(entry)}</span> },
    { name: 'Outcome', width: 120, cell: (entry) => <Outcome entry={entry} /> },
  ];
}
