import { Modal } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { shownKeys } from './keyboard';
import { KEYLESS, NOTEBOOK_KEYS, type Command } from './keys';

const HERE: Command[] = ['commands', 'leave', 'next', 'previous'];

const ALL: { what: string; command: Command; keys: string }[] = [
  ...NOTEBOOK_KEYS.filter(({ what, command }) => what && !HERE.includes(command)).map(({ what, command, keys }) => ({ what, command, keys: shownKeys(keys[0] ?? '') })),
  ...KEYLESS.map(([what, command]) => ({ what, command, keys: '' })),
];

/** Everything the notebook can do, by name. */
export function CommandsDialog({ close, run }: { close: () => void; run: (command: Command) => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = ALL.filter(({ what }) => words.every((word) => what.toLowerCase().includes(word)));
  const take = (command: Command | undefined) => {
    close();
    // After the dialog has given the keys back to the page.
    if (command) setTimeout(() => run(command), 150);
  };
  function key(event: KeyboardEvent) {
    if (event.key === 'Enter') take(found[at]?.command);
    else if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else return;
    event.preventDefault();
  }
  return (
    <Modal opened onClose={close} withCloseButton={false} padding={0} size={520} centered={false} classNames={{ content: 'search' }} aria-label="Commands">
      <input
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls="nb-commands"
        aria-activedescendant={found[at] && `nb-command-${found[at].command}`}
        placeholder="What to do"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={key}
        data-autofocus
      />
      <div role="listbox" id="nb-commands" aria-label="Commands">
        {found.map(({ what, command, keys }, index) => (
          <button type="button" role="option" key={command} id={`nb-command-${command}`} aria-selected={index === at} tabIndex={-1} onClick={() => take(command)}>
            <span>{what}</span>
            <small>{keys.replaceAll('+', ' ')}</small>
          </button>
        ))}
        {found.length === 0 && <p className="dim">There is no such command.</p>}
      </div>
    </Modal>
  );
}
