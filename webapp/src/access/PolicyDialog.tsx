import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Text } from '../parts/editor';
import { ErrorNote } from '../parts/ErrorNote';
import type { PolicyKind } from './policy/grammar';
import { LazyPolicyEditor } from './LazyPolicyEditor';
import { fieldOf } from './refusal';
import { TemplateChoice } from './TemplateChoice';

export interface Written {
  name: string;
  description: string;
  document: string;
  /** What the box was set to, where there is one. */
  box: boolean;
}

interface Props {
  title: string;
  kind: PolicyKind;
  start: string;
  /** What the document is called. */
  label: string;
  action: string;
  /** What the name is called of a thing that is made. */
  name?: string;
  /** It can have a description. */
  description?: boolean;
  templates?: 'trust' | 'policy';
  template?: string;
  /** A yes or no besides. */
  box?: string;
  run: (written: Written) => Promise<unknown>;
  close: () => void;
}

/** Writes a policy; what IAM refuses stands beside the field that it is about, and nothing typed is lost. */
export function PolicyDialog({ title, kind, start, label, action, name: nameLabel, description: described, templates, template, box: boxLabel, run, close }: Props) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [begun, setBegun] = useState<Text>({ text: start });
  const [document, setDocument] = useState(start);
  const [box, setBox] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const field = fieldOf(error);
  const words = error instanceof Error ? error.message : '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await run({ name: name.trim(), description: description.trim(), document, box });
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const write = (text: string) => {
    setBegun({ text });
    setDocument(text);
  };
  return (
    // Esc is the editor's.
    <Modal opened onClose={close} title={title} size={860} closeOnEscape={false} closeOnClickOutside={false}>
      <form className="policy-form" onSubmit={(event) => void submit(event)}>
        {nameLabel && <TextInput label={nameLabel} size="xs" value={name} onChange={(event) => setName(event.currentTarget.value)} error={field === 'name' && words} data-autofocus />}
        {described && <TextInput label="Description" size="xs" value={description} onChange={(event) => setDescription(event.currentTarget.value)} error={field === 'description' && words} />}
        {templates && <TemplateChoice of={templates} first={template} write={write} />}
        <LazyPolicyEditor kind={kind} value={begun} label={label} change={setDocument} />
        {boxLabel && <Checkbox size="xs" label={boxLabel} checked={box} onChange={(event) => setBox(event.currentTarget.checked)} />}
        {error !== undefined && (field === undefined || field === 'document') && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={nameLabel !== undefined && name.trim() === ''}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
