import { ActionIcon, Menu, useComputedColorScheme } from '@mantine/core';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { save } from '../../parts/save';
import { fileName } from '../copying';
import { JsonTree } from '../JsonTree';
import { draw, fit, type Drawn } from './draw';
import './vega.css';

interface Props {
  spec: object;
  lite: boolean;
  label: string;
}

/** A chart of Vega or Vega-Lite; what cannot be drawn is shown as what it says. */
export function VegaFigure({ spec, lite, label }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const inputs = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(null);
  const [problem, setProblem] = useState<{ spec: object; words: string }>();
  const dark = useComputedColorScheme('light') === 'dark';

  useEffect(() => {
    if (!area.current || !inputs.current || !tip.current) return undefined;
    const places = { area: area.current, inputs: inputs.current, tip: tip.current };
    const fail = (words: string) => setProblem((old) => (old?.spec === spec ? old : { spec, words }));
    const observer = new ResizeObserver(() => drawn.current && void fit(drawn.current, places.area));
    const start = async () => {
      try {
        const made = draw(spec, lite, places, fail);
        drawn.current = made;
        await made.view.runAsync();
        if (drawn.current === made) observer.observe(places.area);
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error));
      }
    };
    void start();
    return () => {
      observer.disconnect();
      drawn.current?.view.finalize();
      drawn.current = null;
      places.tip.hidden = true;
      places.area.replaceChildren();
      places.inputs.replaceChildren();
    };
  }, [spec, lite, dark]);

  const download = async (format: 'png' | 'svg') => {
    if (!drawn.current) return;
    const { view } = drawn.current;
    if (format === 'svg') return save(new Blob([await view.toSVG()], { type: 'image/svg+xml' }), fileName(label, 'svg'));
    const canvas = await view.toCanvas(2);
    return canvas.toBlob((picture) => picture && save(picture, fileName(label, 'png')));
  };

  if (problem?.spec === spec) {
    return (
      <div className="vega-problem">
        <p role="alert">This chart is not drawn: {problem.words}</p>
        <JsonTree value={spec} />
      </div>
    );
  }
  return (
    <div className="vega-figure" role="group" aria-label={`${label}, chart`}>
      <div ref={area} className="vega-area" />
      <div ref={inputs} className="vega-inputs" />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={24} variant="default" aria-label="Save the picture" title="Save the picture">
            <Download size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void download('png')}>Save as PNG</Menu.Item>
          <Menu.Item onClick={() => void download('svg')}>Save as SVG</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {createPortal(<div ref={tip} className="vega-tip" role="tooltip" hidden />, document.body)}
    </div>
  );
}
