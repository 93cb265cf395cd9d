import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** A piece of a page's state that lives in its address: it survives reloads and can be sent to others. */
export function useUrlState(key: string, usual: string): [string, (value: string) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const set = useCallback(
    (value: string) => {
      const change = (old: Record<string, unknown>) => ({ ...old, [key]: value === usual ? undefined : value });
      void navigate({ to: '.', search: change as never, replace: true });
    },
    [key, usual, navigate],
  );
  const value = search[key];
  return [value === undefined ? usual : String(value), set];
}

/** The tab of a page. Another tab begins afresh: filter and order of the old one go. */
export function useTab(usual: string): [string, (value: string | null) => void] {
  const [tab] = useUrlState('tab', usual);
  const navigate = useNavigate();
  const set = (value: string | null) => {
    void navigate({ to: '.', search: { tab: value ?? usual } as never, replace: true });
  };
  return [tab, set];
}
