import type { Loader, Runtime } from 'vega';
import { object } from '../kept';

type Binding = Runtime['bindings'][number];

/**
 * Charts come from users' code and are drawn inside our page, so nothing is fetched for them: it would go out with the rights of whoever
 * looks. Links lead to other sites, in a page of their own.
 */
export function loader(refuse: (address: string) => void): Loader {
  const load = (address: string) => {
    refuse(address);
    return Promise.reject(new Error(`${address} is not fetched`));
  };
  return {
    load,
    http: load,
    file: load,
    sanitize: (address, { context }: { context?: string }) => {
      if (context === 'href' && /^https?:\/\//i.test(address)) return Promise.resolve({ href: address, target: '_blank', rel: 'noopener noreferrer' });
      if (context === 'image' && /^data:image\//i.test(address)) return Promise.resolve({ href: address });
      if (context === 'image') refuse(address);
      return Promise.reject(new Error(`${address} is not allowed`));
    },
  };
}

/** What becomes of the page's own events: a chart hears the pointer outside of itself, to end what was dragged there, and no keys. */
const EVENTS: Runtime['eventConfig'] = { defaults: { allow: ['wheel'] }, selector: false, window: ['pointermove', 'pointerup', 'pointercancel', 'mousemove', 'mouseup', 'touchmove', 'touchend'], bind: 'container' };

const INPUTS = ['checkbox', 'radio', 'select', 'range', 'number', 'text', 'search', 'color', 'date', 'time', 'datetime-local', 'month', 'week'];
const SETTINGS = ['signal', 'name', 'options', 'labels', 'min', 'max', 'step', 'debounce', 'placeholder'];

/** An input that sets a signal. Other attributes could make it load something, send something, or lie over our page; another place could be ours. */
function harmless(binding: Binding): Binding {
  const told = object(binding);
  const { input } = told;
  const kept = Object.fromEntries(SETTINGS.filter((name) => told[name] !== undefined).map((name) => [name, told[name]]));
  return { ...kept, input: typeof input === 'string' && INPUTS.includes(input) ? input : 'text' } as Binding;
}

/** Keeps a chart to its own place in the page, whatever its specification says. */
export function tamed(runtime: Runtime): Runtime {
  return { ...runtime, eventConfig: EVENTS, bindings: (runtime.bindings ?? []).map(harmless) };
}
