import { Autocomplete, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRoom, useSession } from './room';
import type { Widget } from './session/protocol';

/** The values that cells read by `dbutils.widgets`. */
export function Widgets() {
  const widgets = useSession((view) => view.notebook.widgets);
  const editable = useSession((view) => view.editable);
  return (
    <div className="nb-widgets" role="group" aria-label="Widgets">
      {widgets.map((widget) => (
        // A value that came from elsewhere begins the box anew.
        <Box key={`${widget.type} ${widget.name} ${widget.value}`} widget={widget} disabled={!editable} />
      ))}
      <small className="dim">Cells that run from now on read these values.</small>
    </div>
  );
}

function Box({ widget, disabled }: { widget: Widget; disabled: boolean }) {
  const { session } = useRoom();
  const [text, setText] = useState(widget.value);
  const set = (value: string) => {
    if (value !== widget.value) session.tell({ type: 'widget', name: widget.name, value });
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
