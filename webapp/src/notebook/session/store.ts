const SLOW = 40;
const LONGEST = 600;

/** A value that people of the page look at. News are told once a frame, and less often when showing them takes long. */
export class Store<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();
  #planned = false;
  #notBefore = 0;

  constructor(value: T) {
    this.#value = value;
  }

  get = (): T => this.#value;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** To be shown soon. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#plan();
  }

  /** To be shown at once: somebody at this page did it. */
  setNow(value: T): void {
    this.#value = value;
    this.#listeners.forEach((listener) => listener());
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    const wait = this.#notBefore - performance.now();
    if (wait > 0) setTimeout(() => nextFrame(() => this.#tell()), wait);
    else nextFrame(() => this.#tell());
  }

  #tell(): void {
    this.#planned = false;
    const begun = performance.now();
    this.#listeners.forEach((listener) => listener());
    // After the page has been drawn. When that takes long, most of the time stays for typing and scrolling.
    setTimeout(() => {
      const took = performance.now() - begun;
      this.#notBefore = begun + (took > SLOW ? Math.min(LONGEST, 4 * took) : 0);
    });
  }
}

/** Hidden tabs draw no frames. */
function nextFrame(run: () => void): void {
  if (typeof requestAnimationFrame === 'undefined' || document.hidden) setTimeout(run, 30);
  else requestAnimationFrame(run);
}
