import type { ReactNode } from 'react';
import { Id } from '../parts/Copy';

/** What everything of IAM has, and what else there is to be said. */
export function Facts({ arn, more }: { arn: string; more: [string, ReactNode][] }) {
  return (
    <dl className="facts across">
      <div>
        <dt>ARN</dt>
        <dd>
          <Id value={arn} />
        </dd>
      </div>
      {more.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
