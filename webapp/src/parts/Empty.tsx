import type { ReactNode } from 'react';

/** Nothing is here: says what to do next, and how a terminal does it. */
export function Empty({ title, children, command }: { title: string; children?: ReactNode; command?: string }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {command && <pre>{command}</pre>}
    </div>
  );
}
