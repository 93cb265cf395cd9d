import { Empty } from '../parts/Empty';

/** The page of something that is not there, or no more. */
export function Gone({ kind, name }: { kind: string; name: string }) {
  return (
    <Empty title={`There is no ${kind} ${name}`}>
      It was deleted, or is in another account.
    </Empty>
  );
}
