/** As much of plotly as is used here. */
declare module 'plotly.js-strict-dist-min' {
  interface Figure {
    data: unknown[];
    layout: Record<string, unknown>;
    config: Record<string, unknown>;
  }
  const plotly: {
    react: (area: HTMLElement, figure: Figure) => Promise<void>;
    purge: (area: HTMLElement) => void;
    Plots: { resize: (area: HTMLElement) => void };
  };
  export default plotly;
}
