import { createContext, useContext } from 'react';

/** How all rows are had of a result of which a cell shows the first. */
export type DownloadWhole = (result: string, format: 'csv' | 'json', name: string) => void;

const Context = createContext<DownloadWhole | undefined>(undefined);

export const WholeResults = Context.Provider;

/** Undefined where there is no cluster to ask: outside an open notebook. */
export const useWholeResults = () => useContext(Context);
