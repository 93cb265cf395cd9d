import { Autocomplete, Menu, MultiSelect, Select, TextInput } from '@mantine/core';
import { Check, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { useDialogs } from '../parts/Dialogs';
import { LazyMenu } from './LazyMenu';
import { useRoom, useSession } from './room';
import type { OnWidgetChange, Widget } from './session/protocol';

const ON_CHANGE: Record<OnWidgetChange, { choice: string; said: string }> = {
  cells: { choice: 'Run cells that read it', said: 'Cells that read a value run when it changes.' },
  notebook: { choice: 'Run the whole notebook', said: 'The whole notebook runs when a value changes.' },
  nothing: { choice: 'Do nothing', said: 'Cells that run from now on read these values.' },
};

/** The values that cells read by `dbutils.widgets`. */
export function Widgets() {
  const widgets = useSession((view) => view.notebook.widgets);
  const runnable = useSession((view) => view.runnable);
  const editable = useSession((view) => view.editable);
  const onChange = useSession((view) => view.notebook.onWidgetChange);
  // What was said once is old when the notebook is attached elsewhere, has a context again, or shall run something else.
  const now = useSession(({ notebook }) => [notebook.onWidgetChange, notebook.cluster, notebook.context].join(' '));
  const [note, setNote] = useState({ text: '', when: '' });
  return (
    <div className="nb-widgets" role="group" aria-label="Widgets">
      {widgets.map((widget) => (
        // A value that came from elsewhere begins the box anew.
        <Box key={`${widget.type} ${widget.name} ${widget.value}`} widget={widget} disabled={!runnable} noted={(text) => setNote({ text, when: now })} />
      ))}
      {editable && <OnChange value={onChange} />}
      <small className="dim" role="status">
        {(note.when === now && note.text) || ON_CHANGE[onChange].said}
      </small>
    </div>
  );
}

function OnChange({ value }: { value: OnWidgetChange }) {
  const { session } = useRoom();
  return (
    <LazyMenu label="On change of a value" className="nb-on-change" button={<Settings2 size={15} />} closed={() => {}}>
      <Menu.Label>On change</Menu.Label>
      {(Object.keys(ON_CHANGE) as OnWidgetChange[]).map((each) => (
        <Menu.Item
          key={each}
          leftSection={each === value ? <Check size={13} /> : <i className="menu-blank" />}
          onClick={() => session.tell({ type: 'onWidgetChange', run: each })}
        >
          {ON_CHANGE[each].choice}
        </Menu.Item>
      ))}
    </LazyMenu>
  );
}

interface BoxProps {
  widget: Widget;
  disabled: boolean;
  /** Told what the server says of a change. */
  noted: (note: string) => void;
}

function Box({ widget, disabled, noted }: BoxProps) {
  const { session } = useRoom();
  const { fail } = useDialogs();
  const [text, setText] = useState(widget.value);
  const set = (value: string) => {
    if (value !== widget.value) session.widget(widget.name, value).then(noted, fail);
  };
  const common = { label: widget.label || widget.name, disabled, size: 'xs' as const };
  const typed = { value: text, onBlur: () => set(text), onKeyDown: (event: React.KeyboardEvent) => event.key === 'Enter' && set(text) };
  const choices = [...new Set(widget.choices ?? [])];
  switch (widget.type) {
    case 'dropdown':
      return <Select {...common} w={160} data={choices} value={widget.value} allowDeselect={false} onChange={(value) => value !== null && set(value)} />;
    case 'multiselect':
      return <MultiSelect {...common} miw={160} maw={420} data={choices} value={widget.value ? widget.value.split(',') : []} onChange={(values) => set(values.join(','))} />;
    case 'combobox':
      return <Autocomplete {...common} {...typed} w={160} data={choices} onChange={setText} onOptionSubmit={set} />;
    default:
      return <TextInput {...common} {...typed} w={160} onChange={(event) => setText(event.currentTarget.value)} />;
  }
}
