import { readCharts, type Chart } from './chart/spec';
import { object, text, texts } from './kept';
import type { Filter, Sort, Test } from './order';

/** How a reader has arranged one table. Columns go by their ids. */
export interface TableView {
  /** Id of a chart; empty for the table itself. */
  tab: string;
  charts: Chart[];
  hidden: string[];
  pinned: string[];
  widths: Record<string, number>;
  /** Names of formats; a column without one is shown as it is. */
  formats: Record<string, string>;
  filters: Filter[];
  sort?: Sort;
}

const TESTS: Test[] = ['contains', '=', '<', '>', 'empty', 'present'];

function readFilters(value: unknown): Filter[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    const { column, test, value: wanted } = object(each);
    const known = TESTS.find((one) => one === test);
    return typeof column === 'string' && known ? [{ column, test: known, value: text(wanted) }] : [];
  });
}

/** What was kept, as far as it makes sense: it may be of another version of this page, or of nobody's. */
export function readView(kept: unknown): TableView {
  const { tab, charts, hidden, pinned, widths, formats, filters, sort } = object(kept);
  const { column, down } = object(sort);
  const known = readCharts(charts);
  return {
    tab: known.some(({ id }) => id === tab) ? text(tab) : '',
    charts: known,
    hidden: texts(hidden),
    pinned: texts(pinned),
    widths: Object.fromEntries(Object.entries(object(widths)).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 40 && entry[1] <= 2000)),
    formats: Object.fromEntries(Object.entries(object(formats)).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')),
    filters: readFilters(filters),
    sort: typeof column === 'string' ? { column, down: down === true } : undefined,
  };
}
