import { NumberInput, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { confQuery, setConf, type Conf } from '../api/rules';
import { useDialogs } from '../parts/Dialogs';
import { Loaded } from '../parts/Waiting';
import { AccessLists } from './AccessLists';

/** Those that act here, with what they are until somebody sets them. */
const SWITCHES = [
  { name: 'enableTokensConfig', usual: 'true', label: 'People may make access tokens' },
  { name: 'enableExportNotebook', usual: 'true', label: 'Notebooks and files may be exported' },
  { name: 'enableResultsDownloading', usual: 'true', label: 'Results of notebooks may be downloaded' },
  { name: 'enableVerboseAuditLogs', usual: 'false', label: 'The audit log has the text of commands' },
  { name: 'enableIpAccessLists', usual: 'false', label: 'Only the addresses below may reach the workspace' },
];
const DAYS = 'maxTokenLifetimeDays';
const NAMES = [...SWITCHES.map(({ name }) => name), DAYS];

/** What holds in this workspace, for its admins. */
export function Rules() {
  const conf = useQuery(confQuery(NAMES));
  return (
    <Loaded query={conf}>
      {(now) => (
        <>
          <Switches now={now} />
          <AccessLists />
        </>
      )}
    </Loaded>
  );
}

function Switches({ now }: { now: Conf }) {
  const queries = useQueryClient();
  const { fail } = useDialogs();
  const set = (name: string, value: string) => void setConf(name, value).then(() => queries.invalidateQueries({ queryKey: keys.conf })).catch(fail);
  return (
    <section className="rules">
      {SWITCHES.map(({ name, usual, label }) => (
        <Switch key={name} mb="xs" label={label} checked={(now[name] ?? usual) === 'true'} onChange={(event) => set(name, String(event.currentTarget.checked))} />
      ))}
      <NumberInput
        key={now[DAYS] ?? ''}
        label="Longest life of an access token, in days (empty: as long as somebody likes)"
        defaultValue={Number(now[DAYS] ?? 0) > 0 ? Number(now[DAYS]) : ''}
        min={0}
        max={3650}
        w={420}
        mb="lg"
        onBlur={(event) => {
          const value = event.currentTarget.value.trim() || '0';
          if (value !== (now[DAYS] ?? '0')) set(DAYS, value);
        }}
      />
    </section>
  );
}
