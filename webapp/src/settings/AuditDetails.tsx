import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AuditEntry } from '../api/audit';
import { Copy } from '../parts/Copy';
import { absolute } from '../parts/time';
import { Outcome } from './AuditOutcome';

const CREDENTIALS: Record<string, string> = {
  session: 'session of a browser',
  token: 'access token',
  oauth: 'OAuth token',
  basic: 'name and password',
  none: 'nothing',
  other: 'something unknown',
};

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** All that is known of one call. */
export function AuditDetails({ entry, close }: { entry: AuditEntry | undefined; close: () => void }) {
  return (
    <Drawer opened={entry !== undefined} onClose={close} position="right" size="lg" title={entry ? `${entry.service} / ${entry.action}` : ''}>
      {entry && <Details entry={entry} />}
    </Drawer>
  );
}

function Details({ entry }: { entry: AuditEntry }) {
  const parameters = Object.entries(entry.parameters ?? {});
  return (
    <>
      <dl className="facts audit-facts">
        <Line name="Outcome">
          <Outcome entry={entry} />
        </Line>
        {entry.error && <Line name="Why">{entry.error}</Line>}
        {entry.result && <Line name="Made">{entry.result}</Line>}
        <Line name="Time">{absolute(entry.at)}</Line>
        <Line name="Who">{entry.actor ?? 'nobody known'}</Line>
        <Line name="Shown">
          {CREDENTIALS[entry.credentials] ?? entry.credentials}
          {entry.session && ` ${entry.session}`}
        </Line>
        <Line name="From">{entry.address}</Line>
        <Line name="Program">{entry.user_agent || 'it did not say'}</Line>
        <Line name="Call">
          <code>{entry.route || 'no API has this path'}</code>
        </Line>
        <Line name="Request">
          <code>{entry.request_id}</code> <Copy text={entry.request_id} label="Copy the id of the request" />
        </Line>
      </dl>
      <h3>Parameters</h3>
      {parameters.length === 0 ? (
        <p className="dim">None.</p>
      ) : (
        <dl className="facts">
          {parameters.map(([name, value]) => (
            <Line key={name} name={name}>
              <code>{value}</code>
            </Line>
          ))}
        </dl>
      )}
    </>
  );
}
