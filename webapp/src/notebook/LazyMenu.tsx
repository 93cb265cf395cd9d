import { Menu } from '@mantine/core';
import { useState, type ReactNode } from 'react';

interface Props {
  label: string;
  button: ReactNode;
  className?: string;
  /** After it was closed: whoever was here takes the keys again. */
  closed: () => void;
  children: ReactNode;
}

/** A menu that costs nothing until it is opened: a long notebook has hundreds. */
export function LazyMenu({ label, button, className, closed, children }: Props) {
  const [open, setOpen] = useState(false);
  const target = (
    <button type="button" className={className} aria-label={label} title={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(true)}>
      {button}
    </button>
  );
  if (!open) return target;
  const close = () => {
    setOpen(false);
    closed();
  };
  return (
    <Menu opened onClose={close} returnFocus={false}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
