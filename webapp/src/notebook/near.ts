import { useEffect, useState, type RefObject } from 'react';

/** What has come near is made one a frame, so that scrolling stays smooth. */
const waiting: (() => void)[] = [];
let planned = false;

function plan(): void {
  if (planned || waiting.length === 0) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    waiting.shift()?.();
    plan();
  });
}

const watched = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

function watch(element: Element, came: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const tell = watched.get(target);
        if (!isIntersecting || !tell) continue;
        observer?.unobserve(target);
        waiting.push(tell);
      }
      plan();
    },
    { rootMargin: '500px' },
  );
  watched.set(element, came);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}

/** Whether an element has ever been near what is seen. */
export function useNear(element: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (near || !element.current) return undefined;
    let gone = false;
    const stop = watch(element.current, () => {
      if (!gone) setNear(true);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [near, element]);
  return near;
}
