import { Modal } from '@mantine/core';
import { KeyList } from './KeyList';

export function HelpDialog({ close }: { close: () => void }) {
  return (
    <Modal opened onClose={close} title="Keys of the notebook" size={620}>
      <KeyList />
    </Modal>
  );
}
