import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { managedTokensQuery, revokeToken, type ManagedToken } from '../api/rules';
import { Age } from '../parts/Age';
import type { Column } from '../parts/column';
import { useDialogs } from '../parts/Dialogs';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';

/** Access tokens of everybody in the workspace, for its admins. */
export function AllTokens() {
  const tokens = useQuery(managedTokensQuery);
  const queries = useQueryClient();
  const { ask, tell } = useDialogs();
  const revoke = (token: ManagedToken) =>
    ask({
      title: `Revoke the token of ${token.owner_username ?? 'nobody'}?`,
      body: <p>Programs that use it fail, and sessions of browsers that began with it end at once.</p>,
      action: 'Revoke',
      danger: true,
      run: async () => {
        await revokeToken(token.token_id);
        await queries.invalidateQueries({ queryKey: keys.tokens });
        tell('Revoked.');
      },
    });
  const columns: Column<ManagedToken>[] = [
    { name: 'Owner', by: (token) => token.owner_username ?? '', cell: (token) => token.owner_username },
    { name: 'For', by: (token) => token.comment ?? '', cell: (token) => token.comment || <span className="dim">no comment</span> },
    { name: 'Made', by: (token) => token.creation_time, cell: (token) => <Age at={token.creation_time} /> },
    { name: 'Last used', by: (token) => token.last_used_day ?? 0, cell: (token) => (token.last_used_day ? new Date(token.last_used_day).toLocaleDateString() : 'never') },
    { name: 'Expires', by: (token) => token.expiry_time, cell: (token) => (token.expiry_time > 0 ? <Age at={token.expiry_time} /> : 'never') },
    {
      name: 'Actions',
      right: true,
      width: 100,
      cell: (token) => (
        <Button size="compact-xs" variant="default" aria-label={`Revoke ${token.comment || token.token_id}`} onClick={() => revoke(token)}>
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <Loaded query={tokens}>
      {(all) => (
        <Table
          label="tokens of everybody"
          rows={all}
          columns={columns}
          id={(token) => token.token_id}
          text={(token) => `${token.owner_username} ${token.comment}`}
          empty={<p className="dim">Nobody has an access token.</p>}
        />
      )}
    </Loaded>
  );
}
