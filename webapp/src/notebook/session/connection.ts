import { parse } from '../../api/json';
import type { Answer, ClientFrame, ErrorFrame, ServerFrame } from './protocol';

/** What the connection needs of a `WebSocket`. */
export interface Socket {
  send: (text: string) => void;
  close: () => void;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: ((event: { reason: string }) => void) | null;
}

export interface Wires {
  open: () => Socket;
  /** Asks in another way whether the notebook can still be had; a browser does not say why a socket was refused. Rejects if not. */
  look: () => Promise<void>;
}

export interface Hearer {
  /** A frame of the log or news, in order. `size` as it came over the wire. */
  hear: (frame: ServerFrame, size: number) => void;
  /** The connection is gone; another is being made, unless `over` says why there will be none. */
  lost: (over?: string) => void;
}

/** The server said no, in its own words. */
export class Refusal extends Error {
  constructor(readonly frame: ErrorFrame) {
    super(frame.message);
    this.name = 'Refusal';
  }
}

/** There is no connection now, or it was lost before the answer came. */
export class NotConnected extends Error {
  constructor() {
    super('The server cannot be reached at the moment. Try again when the page is connected.');
    this.name = 'NotConnected';
  }
}

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 8000;
const PING_EVERY = 20000;
/** A network that is gone does not say so. */
const PATIENCE = 10000;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (reason: Error) => void;
}

/** One socket after another, until it is stopped. */
export class Connection {
  readonly #wires: Wires;
  readonly #hearer: Hearer;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Socket | undefined;
  #welcomed = false;
  #lastRe = 0;
  #failures = 0;
  #heardAt = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #pings: ReturnType<typeof setInterval> | undefined;

  constructor(wires: Wires, hearer: Hearer) {
    this.#wires = wires;
    this.#hearer = hearer;
  }

  start(): void {
    this.#open();
    this.#pings = setInterval(() => this.#ping(), PING_EVERY);
    globalThis.addEventListener?.('online', this.#hurry);
    globalThis.document?.addEventListener('visibilitychange', this.#hurry);
  }

  stop(): void {
    clearTimeout(this.#again);
    clearInterval(this.#pings);
    this.#pings = undefined;
    globalThis.removeEventListener?.('online', this.#hurry);
    globalThis.document?.removeEventListener('visibilitychange', this.#hurry);
    this.#drop()?.close();
  }

  /** Says something that needs no answer; silently nothing without a connection. */
  say(frame: ClientFrame): void {
    if (this.#welcomed) this.#socket?.send(JSON.stringify(frame));
  }

  ask(frame: ClientFrame): Promise<Answer> {
    if (!this.#welcomed || !this.#socket) return Promise.reject(new NotConnected());
    const re = (this.#lastRe += 1);
    const answer = new Promise<Answer>((resolve, reject) => this.#waiting.set(re, { resolve, reject }));
    this.#socket.send(JSON.stringify({ ...frame, re }));
    return answer;
  }

  #open(): void {
    clearTimeout(this.#again);
    this.#again = undefined;
    const socket = this.#wires.open();
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      this.#heardAt = Date.now();
      const frame = parse(data) as ServerFrame;
      if (frame.type === 'welcome') {
        this.#welcomed = true;
        this.#failures = 0;
      }
      this.#answered(frame);
      this.#hearer.hear(frame, data.length);
    };
    socket.onclose = ({ reason }) => {
      if (socket === this.#socket) void this.#closed(reason);
    };
  }

  #answered(frame: ServerFrame): void {
    if (!('re' in frame) || frame.re === undefined) return;
    const waiting = this.#waiting.get(frame.re);
    this.#waiting.delete(frame.re);
    if (frame.type === 'error') waiting?.reject(new Refusal(frame));
    else waiting?.resolve(frame);
  }

  async #closed(reason: string): Promise<void> {
    const welcomed = this.#welcomed;
    this.#drop();
    this.#hearer.lost();
    const failures = (this.#failures += 1);
    if (!welcomed || reason) {
      try {
        await this.#wires.look();
      } catch (failure) {
        this.#hearer.lost(reason || (failure as Error).message);
        return;
      }
    }
    // Somebody may have hurried, or stopped it, meanwhile.
    if (this.#socket || this.#pings === undefined) return;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1));
    this.#again = setTimeout(() => this.#open(), pause * (0.7 + 0.6 * Math.random()));
  }

  /** Forgets the socket; what waits for an answer will not get one. */
  #drop(): Socket | undefined {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#welcomed = false;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    waiting.forEach(({ reject }) => reject(new NotConnected()));
    return socket;
  }

  readonly #hurry = (): void => {
    if (!this.#socket && this.#again !== undefined && !globalThis.document?.hidden) this.#open();
  };

  #ping(): void {
    const socket = this.#socket;
    if (!this.#welcomed || !socket) return;
    const asked = Date.now();
    this.say({ type: 'ping' });
    setTimeout(() => {
      if (socket !== this.#socket || this.#heardAt >= asked) return;
      socket.close();
      void this.#closed('');
    }, PATIENCE);
  }
}
