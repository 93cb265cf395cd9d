/** Why a bucket cannot have this name; empty if it can (S3, general purpose bucket naming rules). */
export function bucketProblem(name: string): string {
  if (name.length < 3) return 'At least 3 characters.';
  if (name.length > 63) return 'At most 63 characters.';
  if (!/^[a-z0-9.-]+$/.test(name)) return 'Only small letters, digits, dots and hyphens.';
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) return 'It begins and ends with a letter or a digit.';
  if (name.includes('..')) return 'No two dots beside each other.';
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return 'Not in the form of an IP address.';
  if (/^(xn--|sthree-|amzn-s3-demo-)/.test(name)) return 'It begins as names do that S3 keeps for itself.';
  if (/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)) return 'It ends as names do that S3 keeps for itself.';
  return '';
}

/** The last step of a key, with the slash of a folder. */
export const lastStep = (key: string) => key.slice(key.lastIndexOf('/', key.length - 2) + 1);

/** What a key is in: `a/b/c` and `a/b/c/` are in `a/b/`. */
export const folderOf = (key: string) => key.slice(0, key.lastIndexOf('/', key.length - 2) + 1);

/** `a/b/` as `[['a', 'a/'], ['b', 'a/b/']]`; a step without a name is shown as such. */
export function stepsOf(prefix: string): [string, string][] {
  const steps: [string, string][] = [];
  for (let at = prefix.indexOf('/'), from = 0; at >= 0; from = at + 1, at = prefix.indexOf('/', from)) steps.push([prefix.slice(from, at) || '(no name)', prefix.slice(0, at + 1)]);
  return steps;
}

export type Shape = 'picture' | 'csv' | 'json' | 'parquet' | 'text' | 'unknown';

const ENDINGS: [Shape, RegExp][] = [
  ['picture', /\.(png|jpe?g|gif|webp|avif|bmp|ico|svg)$/],
  ['csv', /\.(csv|tsv)$/],
  ['json', /\.(json|jsonl|ndjson|geojson|ipynb)$/],
  ['parquet', /\.parquet$/],
  ['text', /\.(txt|text|md|log|py|sql|scala|java|r|sh|js|ts|css|html?|xml|ya?ml|toml|ini|conf|cfg|properties|crc)$/],
];

/** How something can be shown: by its name, else by the type that it was given. */
export function shapeOf(key: string, type = ''): Shape {
  const name = key.toLowerCase();
  const known = ENDINGS.find(([, ending]) => ending.test(name));
  if (known) return known[0];
  const [plain = ''] = type.split(';');
  if (/^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml)$/.test(plain)) return 'picture';
  if (/^text\/(csv|tab-separated-values)$/.test(plain)) return 'csv';
  if (/^application\/(json|x-ndjson)$/.test(plain)) return 'json';
  return plain.startsWith('text/') ? 'text' : 'unknown';
}

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
  txt: 'text/plain',
  md: 'text/markdown',
  py: 'text/x-python',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
};

/** The type that a file is given when the browser knows none. */
export const typeOf = (name: string) => TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

/** Types that a browser shows as they are and in which no script runs; whatever else a link leads to is saved. */
export const inert = (type: string) => /^(image\/(png|jpeg|gif|webp|avif|bmp)|text\/plain|text\/csv|application\/json|application\/pdf)(;|$)/.test(type);

/** How a header says under which name something is saved (RFC 6266). */
export const saved = (key: string) => `attachment; filename*=UTF-8''${encodeURIComponent(lastStep(key)).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)}`;

const quoted = (text: string) => JSON.stringify(text);

/** As a shell takes it. */
const shell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same object in the words of others. */
export function wordsFor(bucket: string, key: string): [string, string][] {
  const address = `s3://${bucket}/${key}`;
  const reads: Partial<Record<Shape, string>> = {
    csv: `spark.read.csv(${quoted(address)}, header=True, inferSchema=True)`,
    json: `spark.read.json(${quoted(address)})`,
    parquet: `spark.read.parquet(${quoted(address)})`,
    text: `spark.read.text(${quoted(address)})`,
  };
  const folder = key === '' || key.endsWith('/');
  return [
    ['URI', address],
    ['Spark', folder ? `spark.read.load(${quoted(address)})` : (reads[shapeOf(key)] ?? `spark.read.format("binaryFile").load(${quoted(address)})`)],
    ['AWS CLI', `aws --profile slipway s3 ${folder ? `ls ${shell(address)}` : `cp ${shell(address)} .`}`],
  ];
}
