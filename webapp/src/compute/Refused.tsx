import { Button } from '@mantine/core';
import type { FormProps } from './formProps';
import { refusedIn, withoutRefused } from './spec';

/** What the JSON says and the server would refuse: all of it at once, before it is sent. */
export function Refused({ spec, set, revise }: FormProps & { revise: () => void }) {
  const refused = refusedIn(spec);
  if (refused.length === 0) return null;
  return (
    <div className="error-note" role="alert">
      <div>
        <p>
          Not offered yet, so that no cluster can be made with {refused.length === 1 ? 'it' : 'them'}:{' '}
          {refused.map(([field, what], index) => (
            <span key={field}>
              {index > 0 && ', '}
              <code>{field}</code> ({what})
            </span>
          ))}
          .
        </p>
      </div>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          set(withoutRefused(spec));
          revise();
        }}
      >
        Remove {refused.length === 1 ? 'it' : 'them'}
      </Button>
    </div>
  );
}
