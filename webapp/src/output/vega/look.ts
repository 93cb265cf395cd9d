import type { Config as VegaConfig } from 'vega';
import type { Config as LiteConfig } from 'vega-lite';

/** What a chart is drawn with. */
export interface Colours {
  text: string;
  dim: string;
  border: string;
  background: string;
}

/** From the theme's variables, as they are now. */
export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const variable = (name: string) => style.getPropertyValue(name).trim();
  return { text: variable('--sw-text'), dim: variable('--sw-dim'), border: variable('--sw-border'), background: variable('--sw-bg') };
}

/** What both languages call the same. */
function common({ text, dim, border, background }: Colours) {
  const font = 'ui-sans-serif, system-ui, sans-serif';
  return {
    background,
    title: { color: text, subtitleColor: dim, font, subtitleFont: font },
    style: {
      'guide-label': { fill: dim, font },
      'guide-title': { fill: text, font },
      'group-title': { fill: text, font },
      'group-subtitle': { fill: dim, font },
    },
    axis: { domainColor: dim, tickColor: dim, gridColor: border },
  };
}

/** Charts without colours of their own for titles, axes and grounds look like the page around them. */
export function liteLook(own: Colours): LiteConfig {
  return { ...common(own), view: { stroke: own.border }, text: { color: own.text }, rule: { color: own.text } };
}

export function look(own: Colours): VegaConfig {
  return { ...common(own), padding: 5, text: { fill: own.text }, rule: { stroke: own.text } };
}
