/** What a chart is drawn with. */
export interface Colours {
  text: string;
  dim: string;
  border: string;
  panel: string;
  background: string;
  series: string[];
  /** From little to much. */
  scale: string[];
}

/** Told apart also by those who see fewer colours: neighbours differ in lightness; each has a contrast of at least 3 to its background. */
const LIGHT = ['#0b7285', '#d9480f', '#4c2aa8', '#5c940d', '#c2255c', '#1971c2', '#a86200', '#495057', '#862e9c', '#087f5b'];
const DARK = ['#3bc9db', '#ffa94d', '#b197fc', '#a9e34b', '#faa2c1', '#74c0fc', '#ffe066', '#ced4da', '#e599f7', '#63e6be'];

/** From the theme's variables, as they are now. */
export function coloursOf(dark: boolean, variable: (name: string) => string): Colours {
  return {
    text: variable('--sw-text'),
    dim: variable('--sw-dim'),
    border: variable('--sw-border'),
    panel: variable('--sw-panel'),
    background: variable('--sw-bg'),
    series: dark ? DARK : LIGHT,
    scale: dark ? ['#17353c', '#0b7285', '#66d9e8'] : ['#e3f2f5', '#3bc9db', '#084c5a'],
  };
}
