import { useEffect, type ReactNode } from 'react';
import { Caught } from './Caught';

/** A page's head and body. The title is the browser tab's too. */
export function Page(props: { title: string; crumbs?: ReactNode; state?: ReactNode; actions?: ReactNode; children: ReactNode; wide?: boolean }) {
  useEffect(() => {
    document.title = `${props.title} · Slipway`;
  }, [props.title]);
  return (
    <div className={props.wide ? 'page wide' : 'page'}>
      <div className="page-head">
        <div className="page-title">
          {props.crumbs && <nav aria-label="Where this is">{props.crumbs}</nav>}
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
