import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { expect, test } from 'vitest';
import { lines } from './tooltip';

/** Node has a `Function` constructor; the page has none. */
async function drawn(spec: object): Promise<string> {
  const real = globalThis.Function;
  globalThis.Function = (() => {
    throw new Error('code was compiled');
  }) as unknown as FunctionConstructor;
  try {
    const { spec: full } = compile(spec as TopLevelSpec);
    return await new View(parse(full, undefined, { ast: true }), { expr: expressionInterpreter }).toSVG();
  } finally {
    globalThis.Function = real;
  }
}

const data = { values: [{ a: 1, b: 2, k: 'x' }, { a: 2, b: 5, k: 'y' }] };
const encoding = { x: { field: 'a', type: 'quantitative' }, y: { field: 'b', type: 'quantitative' }, color: { field: 'k', type: 'nominal' } };

test('a chart is drawn without compiling code', async () => {
  const svg = await drawn({ data, transform: [{ calculate: 'datum.a * 2', as: 'twice' }, { filter: 'datum.twice > 3' }], mark: 'point', encoding });
  expect(svg).toContain('<svg');
  expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(1);
});

test('a chart with a selection is drawn without compiling code', async () => {
  expect(await drawn({ data, params: [{ name: 'brush', select: 'interval' }], mark: 'point', encoding })).toContain('brush');
});

test('tooltips are told line by line', () => {
  expect(lines('plain <b>')).toEqual([['', 'plain <b>']]);
  expect(lines({ a: 1, image: '/x.png', deep: { b: [1] } })).toEqual([['a', '1'], ['image', '/x.png'], ['deep', '{"b":[1]}']]);
  expect(lines([1, 2])).toEqual([['', '[1,2]']]);
  expect(lines({ long: 'x'.repeat(900) })[0]?.[1]).toHaveLength(301);
});
