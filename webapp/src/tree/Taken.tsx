import { Button, Group, Modal } from '@mantine/core';

export type Choice = 'replace' | 'both' | 'skip';

/** What is to become of files that are there already. */
export function Taken({ names, choose, close }: { names: string[]; choose: (choice: Choice) => void; close: () => void }) {
  const some = names.slice(0, 8);
  return (
    <Modal opened onClose={close} title={names.length === 1 ? `${names[0]} already exists` : `${names.length} files already exist`} size={480}>
      {names.length > 1 && (
        <ul>
          {some.map((name) => (
            <li key={name}>{name}</li>
          ))}
          {names.length > some.length && <li className="dim">and {names.length - some.length} more</li>}
        </ul>
      )}
      <p className="dim">A notebook that is replaced keeps what it was as a revision; a file does not.</p>
      <Group justify="flex-end">
        <Button size="xs" variant="default" onClick={() => choose('skip')}>
          Skip
        </Button>
        <Button size="xs" variant="default" onClick={() => choose('both')} data-autofocus>
          Keep both
        </Button>
        <Button size="xs" color="red.9" onClick={() => choose('replace')}>
          Replace
        </Button>
      </Group>
    </Modal>
  );
}
