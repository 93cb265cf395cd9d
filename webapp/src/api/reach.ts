/** Whether the server answers, as far as the last call has told. */
let there = true;
const listeners = new Set<() => void>();

export const reachable = (): boolean => there;

export function told(answered: boolean): void {
  if (there === answered) return;
  there = answered;
  listeners.forEach((listener) => listener());
}

export function onReach(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
