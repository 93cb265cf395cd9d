import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useRoom, useSession } from './room';
import type { Cell } from './session/notebook';
import { unboundIn } from './unboundName';

/** A cell whose SQL asks for a value that nobody gives: offers an input for it above the cell. */
export function Unbound({ cell }: { cell: Cell }) {
  const name = unboundIn(cell.outputs);
  const editable = useSession((view) => view.editable);
  return name && editable ? <Ask key={name} cell={cell} name={name} /> : null;
}

function Ask({ cell, name }: { cell: Cell; name: string }) {
  const { actions } = useRoom();
  const [value, setValue] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    const made = actions.insert('above', `%python\ndbutils.widgets.text(${JSON.stringify(name)}, ${JSON.stringify(value)})`, cell.id, false);
    if (made) actions.run([made, cell.id]);
  }
  return (
    <form className="cell-unbound" onSubmit={submit}>
      <span>
        <code>:{name}</code> has no value.
      </span>
      <TextInput aria-label={`Value of ${name}`} placeholder="value" value={value} onChange={(event) => setValue(event.currentTarget.value)} w={200} />
      <Button size="xs" type="submit">
        Add an input and run
      </Button>
    </form>
  );
}
