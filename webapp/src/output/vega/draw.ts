import { parse, View, type LoggerInterface, type Spec } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { loader, tamed } from './guard';
import { colours, liteLook, look } from './look';
import { tooltip } from './tooltip';

export interface Places {
  area: HTMLElement;
  inputs: HTMLElement;
  tip: HTMLElement;
}

export interface Drawn {
  view: View;
  /** In pixels, as its author has set it; undefined where it follows from the data or the page. */
  width: number | undefined;
}

/** A chart smaller than this is no chart any more; then the page scrolls sideways instead. */
const LEAST = 160;

const notFetched = (address: string) =>
  `it wants to load ${address}. Charts are drawn from what they bring with them; nothing is fetched with the rights of whoever looks. Read the data in the notebook and give it to the chart, for instance alt.Chart(pd.read_csv(…)).`;

function told(fail: (words: string) => void): LoggerInterface {
  const logger: LoggerInterface = {
    level: (() => logger) as LoggerInterface['level'],
    error: (...words) => {
      fail(words.map(String).join(' '));
      return logger;
    },
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

/** Draws a specification. Expressions in it are interpreted, for the page allows no eval. */
export function draw(spec: object, lite: boolean, { area, inputs, tip }: Places, fail: (words: string) => void): Drawn {
  const logger = told(fail);
  // Vega writes into the rows that it is given.
  const own: unknown = structuredClone(spec);
  const full: Spec = lite ? compile(own as TopLevelSpec, { config: liteLook(colours()), logger }).spec : (own as Spec);
  const runtime = tamed(parse(full, lite ? undefined : look(colours()), { ast: true }));
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader: loader((address) => fail(notFetched(address))),
    logger,
    renderer: 'svg',
    container: area,
    bind: inputs,
    hover: true,
    tooltip: tooltip(tip),
  });
  return { view, width: typeof full.width === 'number' ? full.width : undefined };
}

/** Makes a chart no wider than its place, and as wide as it wants to be when there is room again. */
export async function fit({ view, width }: Drawn, area: HTMLElement): Promise<void> {
  const drawn = area.querySelector('svg')?.width.baseVal.value;
  if (!width || !drawn || !area.clientWidth) return;
  const next = Math.min(width, Math.max(LEAST, view.width() + Math.floor(area.clientWidth - drawn)));
  if (next !== view.width()) await view.width(next).runAsync();
}
