// Where somebody wanted to go before they had to sign in.
const KEPT = 'slipway.next';

/** A path of our own; whatever else an address names is no place to be sent to. */
export function ownPath(text: string | null): string {
  return text !== null && /^\/(?![/\\])/.test(text) && !/[\u0000-\u001f\\]/.test(text) ? text : '/';
}

/** Kept by this tab while it is at the provider, which sends it back to one address only. */
export function keepNext(): void {
  sessionStorage.setItem(KEPT, ownPath(new URLSearchParams(location.search).get('next')));
}

/** The address of the sign-in page as it was before. */
export function keptAddress(): string {
  const next = ownPath(sessionStorage.getItem(KEPT));
  sessionStorage.removeItem(KEPT);
  return next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next }).toString()}`;
}
