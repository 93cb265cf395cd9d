import { parse, type Spec } from 'vega';
import { expect, test } from 'vitest';
import { loader, tamed } from './guard';

const guarded = () => {
  const refused: string[] = [];
  return { refused, own: loader((address) => refused.push(address)) };
};

test('data by address is not fetched, and the chart says which', async () => {
  const { refused, own } = guarded();
  await expect(own.load('data/cars.json')).rejects.toThrow('data/cars.json');
  await expect(own.http('https://example.com/cars.csv', {})).rejects.toThrow();
  expect(refused).toEqual(['data/cars.json', 'https://example.com/cars.csv']);
});

test('pictures come with the chart or not at all', async () => {
  const { refused, own } = guarded();
  await expect(own.sanitize('data:image/png;base64,AA', { context: 'image' })).resolves.toEqual({ href: 'data:image/png;base64,AA' });
  for (const address of ['/api/2.0/token/list', 'https://example.com/a.png', 'data:text/html,x']) await expect(own.sanitize(address, { context: 'image' })).rejects.toThrow();
  expect(refused).toHaveLength(3);
});

test('links lead to pages of the web, in a page of their own', async () => {
  const { own } = guarded();
  await expect(own.sanitize('https://example.com/x', { context: 'href' })).resolves.toEqual({ href: 'https://example.com/x', target: '_blank', rel: 'noopener noreferrer' });
  for (const address of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '/settings', '//example.com', 'file:///etc/passwd']) await expect(own.sanitize(address, { context: 'href' })).rejects.toThrow();
});

test('inputs of a chart stay in their place and are inputs only', () => {
  const signal = { name: 'cut', value: 3, bind: { input: 'image', src: '/api/2.0/token/list', style: 'position:fixed', element: '#root', formaction: '/x', min: 1 } };
  const spec = { signals: [signal, { name: 'kind', bind: { input: 'select', options: ['a', 'b'] } }], config: { events: { bind: 'any', selector: true } } };
  const { bindings, eventConfig } = tamed(parse(spec as unknown as Spec, {}, { ast: true }));
  expect(bindings).toEqual([
    { signal: 'cut', input: 'text', min: 1 },
    { signal: 'kind', input: 'select', options: ['a', 'b'] },
  ]);
  expect(eventConfig).toMatchObject({ bind: 'container', selector: false });
});
