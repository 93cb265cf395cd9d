import type { TooltipHandler } from 'vega';

/** Longer values are cut. */
const MOST = 300;

function brief(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/** What a tooltip says, line by line: a name, perhaps empty, and a value. */
export function lines(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return [['', brief(value)]];
  return Object.entries(value).map(([name, each]) => [name, brief(each)]);
}

/** Shows tooltips in `box`, beside the pointer. Their content is users': it becomes text and nothing else. */
export function tooltip(box: HTMLElement): TooltipHandler {
  return (_handler, event, _item, value: unknown) => {
    box.hidden = value === null || value === undefined || value === '';
    if (box.hidden) return;
    const rows = lines(value).map(([name, text]) => {
      const row = document.createElement('tr');
      if (name) row.insertCell().textContent = name;
      row.insertCell().textContent = text;
      return row;
    });
    const table = document.createElement('table');
    table.append(...rows);
    box.replaceChildren(table);
    box.style.left = `${Math.max(4, Math.min(event.clientX + 12, window.innerWidth - box.offsetWidth - 4))}px`;
    box.style.top = `${Math.max(4, Math.min(event.clientY + 12, window.innerHeight - box.offsetHeight - 4))}px`;
  };
}
