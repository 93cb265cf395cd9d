import { Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { keys } from '../api/keys';
import { createToken, deleteToken, tokensQuery, type Token } from '../api/settings';
import { Age } from '../parts/Age';
import { Copy } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { ErrorNote } from '../parts/ErrorNote';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';

/** Tokens with which programs act as this user. */
export function Tokens() {
  const tokens = useQuery(tokensQuery);
  const columns: Column<Token>[] = [
    { name: 'For', by: (token) => token.comment ?? '', cell: (token) => token.comment || <span className="dim">no comment</span> },
    { name: 'Created', by: (token) => token.creation_time, cell: (token) => <Age at={token.creation_time} /> },
    { name: 'Expires', by: (token) => token.expiry_time, cell: (token) => (token.expiry_time > 0 ? <Age at={token.expiry_time} /> : 'never') },
    { name: 'Id', cell: (token) => <code title={token.token_id}>{token.token_id.slice(0, 12)}</code> },
    { name: 'Actions', right: true, width: 90, cell: (token) => <Revoke token={token} /> },
  ];
  return (
    <>
      <NewToken />
      <Loaded query={tokens}>{(all) => <Table label="tokens" rows={all} columns={columns} id={(token) => token.token_id} text={(token) => token.comment ?? ''} />}</Loaded>
    </>
  );
}

function NewToken() {
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const [days, setDays] = useState(90);
  const create = useMutation({
    mutationFn: () => createToken(comment, days),
    onSuccess: () => {
      setComment('');
      void queries.invalidateQueries({ queryKey: keys.tokens });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const value = create.data?.token_value;
  return (
    <>
      <form className="tools bottom" onSubmit={submit}>
        <TextInput label="What it is for" value={comment} onChange={(event) => setComment(event.currentTarget.value)} w={260} placeholder="e.g. nightly script" />
        <NumberInput label="Days (0: never expires)" value={days} min={0} max={3650} w={130} onChange={(next) => setDays(typeof next === 'number' ? next : 0)} />
        <Button size="xs" type="submit" loading={create.isPending} disabled={comment.trim() === ''}>
          Create token
        </Button>
      </form>
      {create.isError && <ErrorNote error={create.error} />}
      {value && (
        <div className="secret">
          <p>Copy it now: it is not shown again.</p>
          <code>{value}</code> <Copy text={value} label="Copy the token" />
        </div>
      )}
    </>
  );
}

function Revoke({ token }: { token: Token }) {
  const queries = useQueryClient();
  const { ask } = useDialogs();
  const revoke = () =>
    ask({
      title: `Revoke the token for ${token.comment || token.token_id.slice(0, 12)}?`,
      body: <p>Programs that use it are refused from now on, and browsers that signed in with it are signed out.{token.comment === 'bootstrap' && ' This is the token of the client profile: ./slipway up writes another.'}</p>,
      action: 'Revoke',
      danger: true,
      run: async () => {
        await deleteToken(token.token_id);
        await queries.invalidateQueries({ queryKey: keys.tokens });
      },
    });
  return (
    <Button size="compact-xs" variant="default" onClick={revoke}>
      Revoke
    </Button>
  );
}
