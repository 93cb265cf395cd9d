import { useEffect, type ReactNode } from 'react';
import { Caught } from './Caught';

/** A page's head and body. The title is the browser tab's too, unless that has one of its own. */
export function Page(props: { title: string; crumbs?: ReactNode; state?: ReactNode; actions?: ReactNode; children: ReactNode; wide?: boolean; tab?: string }) {
  const tab = props.tab ?? props.title;
  useEffect(() => {
    document.title = `${tab} · Slipway`;
  }, [tab]);
  return (
    <div className={props.wide ? 'page wide' : 'page'}>
      <div className="page-head">
        <div className="page-title">
          {props.crumbs && <nav aria-label="Breadcrumbs">{props.crumbs}</nav>}
          <h1>
            {props.title} {props.state}
          </h1>
        </div>
        {props.actions && <div className="actions">{props.actions}</div>}
      </div>
      <Caught what="This page" of={props.children}>
        {props.children}
      </Caught>
    </div>
  );
}
