import type { ReactNode } from 'react';
import { ActingAs } from '../parts/ActingAs';
import { Go } from '../parts/Go';
import { Page } from '../parts/Page';
import { places } from '../parts/places';
import './access.css';
import { Who } from './who';

interface Props {
  title: string;
  /** The list that the thing is in: its tab and its name. */
  list?: [string, string];
  actions?: ReactNode;
  children: ReactNode;
}

/** A page about the account: in its head is chosen as whom one acts. */
export function AccountPage({ title, list, actions, children }: Props) {
  const crumbs = list && (
    <>
      <Go place={places.access()}>Access</Go> / <Go place={places.access(list[0])}>{list[1]}</Go>
    </>
  );
  return (
    <ActingAs title="Access">
      {(who, chooser) => (
        <Who.Provider key={who.as} value={who}>
          <Page
            title={title}
            crumbs={crumbs}
            actions={
              <>
                {chooser}
                {actions}
              </>
            }
          >
            {children}
          </Page>
        </Who.Provider>
      )}
    </ActingAs>
  );
}
