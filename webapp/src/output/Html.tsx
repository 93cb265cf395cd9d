import { Button, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { follower, heard, hostOf, look } from './frame';
import { useNear } from './useNear';

interface Props {
  html: string;
  label: string;
}

const FRAME = '/frame.html';

const theme = (dark: boolean) => {
  const style = getComputedStyle(document.documentElement);
  return look(dark, (name) => style.getPropertyValue(name));
};

/**
 * HTML of users, in a frame that is of another origin than our pages: it reaches neither them nor the platform. What it loads from elsewhere
 * stays away until the reader allows it.
 */
export function Html({ html, label }: Props) {
  const [open, setOpen] = useState(false);
  const [blocked, setBlocked] = useState<string[]>([]);
  const [box, near] = useNear<HTMLDivElement>();
  return (
    <div ref={box} className="html-output">
      {near ? <Frame key={String(open)} html={html} label={label} open={open} block={(host) => setBlocked((old) => (old.includes(host) || old.length > 9 ? old : [...old, host]))} /> : <div className="html-later" />}
      {blocked.length > 0 && !open && (
        <p className="dim">
          This output wants to load from {blocked.join(', ')}.
          <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
            Allow for now
          </Button>
        </p>
      )}
    </div>
  );
}

function Frame({ html, label, open, block }: Props & { open: boolean; block: (host: string) => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(24);
  const ready = useRef(false);
  const follow = useRef(follower());
  const dark = useComputedColorScheme('light') === 'dark';
  const latest = useRef({ html, dark, block });
  useEffect(() => {
    latest.current = { html, dark, block };
  });

  useEffect(() => {
    const listen = (event: MessageEvent) => {
      const inside = frame.current?.contentWindow;
      if (!inside || event.source !== inside) return;
      const told = heard(event.data);
      if (!told) return;
      if ('ready' in told) {
        ready.current = true;
        inside.postMessage({ html: latest.current.html, theme: theme(latest.current.dark) }, '*');
      } else if ('height' in told) {
        const next = follow.current(told.height);
        if (next) setHeight(next);
      } else if ('link' in told) {
        if (document.activeElement === frame.current && navigator.userActivation?.isActive) window.open(told.link, '_blank', 'noopener,noreferrer');
      } else if (hostOf(told.blocked) !== window.location.host) {
        latest.current.block(hostOf(told.blocked));
      }
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, []);
  useEffect(() => {
    if (ready.current) frame.current?.contentWindow?.postMessage({ theme: theme(dark) }, '*');
  }, [dark]);
  useEffect(() => {
    follow.current = follower();
    if (ready.current) frame.current?.contentWindow?.postMessage({ html, theme: theme(latest.current.dark) }, '*');
  }, [html]);

  return <iframe ref={frame} title={`${label}, HTML`} sandbox="allow-scripts" src={open ? `${FRAME}?outside` : FRAME} style={{ height }} />;
}
