import { ActionIcon } from '@mantine/core';
import { Download } from 'lucide-react';
import { save } from '../parts/save';
import { fileName } from './copying';
import { object } from './kept';

interface Props {
  type: 'image/svg+xml' | 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Base64; SVG as text. */
  content: string;
  text: string;
  label: string;
  metadata: unknown;
}

const EXTENSION = { 'image/svg+xml': 'svg', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif', 'image/webp': 'webp' };

/** A picture; SVG too only as a picture, for inside the page it could run scripts. */
export function Picture({ type, content, text, label, metadata }: Props) {
  const svg = type === 'image/svg+xml';
  const address = svg ? `data:${type};charset=utf-8,${encodeURIComponent(content)}` : `data:${type};base64,${content.replaceAll(/\s/g, '')}`;
  const { width, height } = object(metadata);
  const bytes = () => (svg ? content : Uint8Array.from(atob(content.replaceAll(/\s/g, '')), (letter) => letter.charCodeAt(0)));
  return (
    <figure className="picture">
      <img src={address} alt={text && !text.startsWith('<') ? text : `${label}, picture`} width={typeof width === 'number' ? width : undefined} height={typeof height === 'number' ? height : undefined} />
      <ActionIcon size={24} variant="default" aria-label="Save the picture" title="Save the picture" onClick={() => save(new Blob([bytes()], { type }), fileName(label, EXTENSION[type]))}>
        <Download size={14} />
      </ActionIcon>
    </figure>
  );
}
