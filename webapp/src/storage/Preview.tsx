import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { bytesOf, type ObjectFacts } from '../api/awsObjects';
import { keys } from '../api/keys';
import { JsonTree } from '../output/JsonTree';
import { columnsOf } from '../output/table';
import { TableOutput } from '../output/TableOutput';
import { Code } from '../parts/Code';
import { ErrorNote } from '../parts/ErrorNote';
import { bytes } from '../parts/time';
import { useUrlState } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { csvTable } from './csv';
import { lastStep, shapeOf, typeOf, type Shape } from './names';

interface Props {
  as: string;
  bucket: string;
  name: string;
  version: string;
  facts: ObjectFacts;
}

/** Of a text no more is read. */
const MOST = 1 << 20;
/** Pictures are shown whole or not at all. */
const LARGEST_PICTURE = 32 << 20;
/** Of what nobody knows so much is looked at. */
const SNIFF = 64 << 10;

/** What an object holds, as far as a page can show it. */
export function Preview(props: Props) {
  const { name, facts } = props;
  const shape = shapeOf(name, facts.type);
  if (facts.size === 0) return <p className="dim">The object is empty.</p>;
  if (facts.encoding && facts.encoding !== 'identity' && facts.encoding !== 'aws-chunked') return <Whole {...props} shape={shape} />;
  if (shape === 'picture') return facts.size > LARGEST_PICTURE ? <p className="dim">The picture is too large to be shown here: {bytes(facts.size)}.</p> : <Picture {...props} />;
  if (shape === 'parquet') return <Parquet {...props} />;
  return <Text {...props} shape={shape} />;
}

/** The browser unpacks what is stored with an encoding, so that no part of it can be read alone. */
function Whole(props: Props & { shape: Shape }) {
  if (props.facts.size > MOST) return <p className="dim">It is stored with the encoding {props.facts.encoding}, and too large to be shown here: {bytes(props.facts.size)}.</p>;
  return props.shape === 'picture' ? <Picture {...props} /> : <Text {...props} shape={props.shape === 'parquet' ? 'unknown' : props.shape} />;
}

function useBytes({ as, bucket, name, version, facts }: Props, end: number) {
  const whole = end >= facts.size;
  return useQuery({
    queryKey: keys.aws(as, 'bytes', bucket, name, version, facts.etag, end),
    queryFn: ({ signal }) => (whole ? bytesOf(as, bucket, name, version, undefined, undefined, signal) : bytesOf(as, bucket, name, version, 0, end, signal)),
    retry: false,
    gcTime: 60_000,
  });
}

function Picture(props: Props) {
  const content = useBytes(props, props.facts.size);
  return <Loaded query={content}>{(known) => <Drawn {...props} content={known} />}</Loaded>;
}

/** As a picture no script of an SVG runs. */
function Drawn({ name, facts, content }: Props & { content: ArrayBuffer }) {
  const [address, setAddress] = useState('');
  const [size, setSize] = useState('');
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const type = facts.type.startsWith('image/') ? facts.type : typeOf(name);
    const made = URL.createObjectURL(new Blob([content], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content, facts.type, name]);
  if (broken) return <p className="dim">The browser cannot show this as a picture.</p>;
  return (
    <figure className="picture">
      {address && <img src={address} alt={lastStep(name)} onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setSize(`${naturalWidth} × ${naturalHeight}`)} onError={() => setBroken(true)} />}
      <figcaption className="dim">{size}</figcaption>
    </figure>
  );
}

/** The first rows of a Parquet file, and what it says about itself. */
function Parquet(props: Props) {
  const { as, bucket, name, version, facts } = props;
  const content = useQuery({
    queryKey: keys.aws(as, 'parquet', bucket, name, version, facts.etag),
    queryFn: async () => (await import('./parquet')).readParquet(facts.size, (start, end) => bytesOf(as, bucket, name, version, start, end)),
    retry: false,
  });
  return (
    <Loaded query={content}>
      {({ count, groups, codecs, writer, columns, rows, why }) => (
        <>
          <p className="how-much dim">
            {count.toLocaleString('en')} rows in {groups} {groups === 1 ? 'group' : 'groups'}, {codecs.join(', ') || 'not compressed'}
            {rows.length > 0 && rows.length < count && `; the first ${rows.length} are shown`}.{writer && ` Written by ${writer}.`}
          </p>
          {why && <ErrorNote error={new Error(`Its columns can be shown here and its rows cannot: ${why}`)} />}
          <TableOutput table={{ columns: columnsOf(columns), rows, truncated: rows.length < count }} label={lastStep(name)} kept={undefined} keep={() => {}} />
        </>
      )}
    </Loaded>
  );
}

function Text(props: Props & { shape: Shape }) {
  const { shape, facts } = props;
  const end = Math.min(facts.size, shape === 'unknown' ? SNIFF : MOST);
  const content = useBytes(props, end);
  return (
    <Loaded query={content}>
      {(known) => {
        const text = textOf(known);
        if (text === undefined) return <p className="dim">This is not text, and of no kind that can be shown here: {facts.type || 'no type'}. Download it.</p>;
        // Encoded ones are larger than what is stored.
        const cut = end < facts.size;
        return (
          <>
            {cut && <p className="how-much dim" role="note">Only the first {bytes(end)} of {bytes(facts.size)} are shown.</p>}
            <Shown name={props.name} shape={shape} text={text} cut={cut} />
          </>
        );
      }}
    </Loaded>
  );
}

/** Undefined: it is no text. */
function textOf(content: ArrayBuffer): string | undefined {
  const first = new Uint8Array(content.slice(0, 8192));
  const utf16 = (first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff);
  if (utf16) return new TextDecoder(first[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(content);
  return first.includes(0) ? undefined : new TextDecoder().decode(content);
}

interface ShownProps {
  name: string;
  shape: Shape;
  text: string;
  cut: boolean;
}

function Shown({ name, shape, text, cut }: ShownProps) {
  const [way, setWay] = useUrlState('as', '');
  const json = useMemo(() => (shape === 'json' ? jsonOf(name, text, cut) : undefined), [shape, name, text, cut]);
  const table = useMemo(() => (shape === 'csv' ? csvTable(text, name, cut) : undefined), [shape, name, text, cut]);
  const best = table ? 'a table' : json ? 'a tree' : '';
  const plain = json?.pretty ?? text;
  return (
    <>
      {best && (
        <Button className="shown-as" size="compact-xs" variant="default" onClick={() => setWay(way === 'text' ? '' : 'text')}>
          {way === 'text' ? `Show as ${best}` : 'Show as text'}
        </Button>
      )}
      {way !== 'text' && table && <TableOutput table={table} label={lastStep(name)} kept={undefined} keep={() => {}} />}
      {way !== 'text' && json && <JsonTree value={json.value} />}
      {(way === 'text' || !best) && <Code text={plain} language={languageOf(name, shape)} label={`Text of ${lastStep(name)}`} />}
    </>
  );
}

const languageOf = (name: string, shape: Shape) => (shape === 'json' ? 'json' : name.slice(name.lastIndexOf('.') + 1).toLowerCase());

/** Lines of JSON are a list; what was cut, or is no JSON, is shown as text. */
function jsonOf(name: string, text: string, cut: boolean): { value: unknown; pretty: string } | undefined {
  try {
    if (/\.(jsonl|ndjson)$/i.test(name)) {
      const lines = text.split('\n');
      const whole = (cut ? lines.slice(0, -1) : lines).filter((line) => line.trim() !== '');
      return { value: whole.map((line) => JSON.parse(line) as unknown), pretty: text };
    }
    const value = JSON.parse(text) as unknown;
    return { value, pretty: JSON.stringify(value, null, 2) };
  } catch {
    return undefined;
  }
}
