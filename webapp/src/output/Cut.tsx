import { Scissors } from 'lucide-react';

/** Something is missing here, and what can be done about it. */
export function Cut({ message }: { message: string }) {
  return (
    <p className="cut">
      <Scissors size={13} aria-hidden="true" />
      {message}
    </p>
  );
}
