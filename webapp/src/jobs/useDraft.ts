import { useState } from 'react';
import type { JobSettings } from '../api/jobs';

export interface Draft {
  settings: JobSettings;
  set: (settings: JobSettings) => void;
  changed: boolean;
  /** Another number after everything was replaced: forms begin anew. */
  revision: number;
  /** Whether the JSON is no JSON at the moment. */
  broken: boolean;
  setBroken: (broken: boolean) => void;
  /** Whether the job has become another one since the first change. */
  overtaken: boolean;
  discard: () => void;
}

/** Settings that are being changed, over those that are saved. Until the first change it shows what is saved, also when that changes. */
export function useDraft(saved: JobSettings): Draft {
  const [own, setOwn] = useState<{ settings: JobSettings; from: string }>();
  const [revision, setRevision] = useState(0);
  const [broken, setBroken] = useState(false);
  const now = JSON.stringify(saved);
  const changed = own !== undefined && JSON.stringify(own.settings) !== now;
  return {
    settings: own?.settings ?? saved,
    set: (settings) => setOwn((old) => ({ settings, from: old?.from ?? now })),
    changed,
    revision,
    broken,
    setBroken,
    overtaken: changed && own.from !== now,
    discard: () => {
      setOwn(undefined);
      setBroken(false);
      setRevision((old) => old + 1);
    },
  };
}
