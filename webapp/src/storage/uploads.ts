import { upload } from '../api/awsUpload';
import { typeOf } from './names';

export type UploadState = 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled';

export interface Sending {
  id: number;
  bucket: string;
  key: string;
  size: number;
  sent: number;
  state: UploadState;
  error?: unknown;
}

interface Work extends Sending {
  as: string;
  file: File;
  stop: AbortController;
  /** Told when something has changed in the bucket. */
  done: () => void;
}

/** So many files travel beside each other. */
const AT_ONCE = 3;

/** Files on their way. They go on while other pages are open; the tab must stay. */
class Uploads {
  private works: readonly Work[] = [];
  private readonly listeners = new Set<() => void>();
  private last = 0;
  private told = -Infinity;
  private telling: ReturnType<typeof setTimeout> | undefined;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly all = (): readonly Sending[] => this.works;

  add(as: string, bucket: string, files: { key: string; file: File }[], done: () => void): void {
    const more = files.map(({ key, file }): Work => ({ id: ++this.last, as, bucket, key, file, size: file.size, sent: 0, state: 'waiting', stop: new AbortController(), done }));
    this.set([...this.works, ...more]);
    this.next();
  }

  cancel(id: number): void {
    this.works.find((each) => each.id === id)?.stop.abort(new DOMException('Cancelled', 'AbortError'));
    if (this.works.find((each) => each.id === id)?.state === 'waiting') this.change(id, { state: 'cancelled' });
  }

  again(id: number): void {
    this.change(id, { state: 'waiting', sent: 0, error: undefined, stop: new AbortController() });
    this.next();
  }

  /** Forgets those that have ended. */
  clear(): void {
    this.set(this.works.filter(({ state }) => state === 'waiting' || state === 'sending'));
  }

  private next(): void {
    const free = AT_ONCE - this.works.filter(({ state }) => state === 'sending').length;
    this.works
      .filter(({ state }) => state === 'waiting')
      .slice(0, Math.max(0, free))
      .forEach((work) => void this.send(work));
  }

  private async send(work: Work): Promise<void> {
    const { id, as, bucket, key, file, stop } = work;
    this.change(id, { state: 'sending' });
    try {
      const type = file.type || typeOf(file.name);
      await upload(as, { bucket, key, file, type, signal: stop.signal, sent: (sent) => this.change(id, { sent: Math.min(sent, file.size) }) });
      this.change(id, { state: 'done', sent: file.size });
    } catch (error) {
      this.change(id, stop.signal.aborted ? { state: 'cancelled' } : { state: 'failed', error });
    }
    this.next();
    this.tell(work);
  }

  /** Lists are asked for anew now and then, and when all is done: not after each of many small files. */
  private tell(work: Work): void {
    const now = performance.now();
    if (this.works.some(({ state }) => state === 'sending') && now - this.told < 2000) return;
    this.told = now;
    work.done();
  }

  private change(id: number, part: Partial<Work>): void {
    this.set(this.works.map((each) => (each.id === id ? { ...each, ...part } : each)));
  }

  private set(works: readonly Work[]): void {
    this.works = works;
    // Progress comes more often than anybody looks.
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      this.listeners.forEach((listener) => listener());
    }, 100);
  }
}

export const uploads = new Uploads();
