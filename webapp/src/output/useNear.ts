import { useEffect, useRef, useState, type RefObject } from 'react';

/** Whether an element has come near the part of the page that is looked at; once it has, it stays so. */
export function useNear<T extends Element>(): [RefObject<T | null>, boolean] {
  const element = useRef<T>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (near || !element.current) return undefined;
    const observer = new IntersectionObserver((entries) => setNear((old) => old || entries.some((entry) => entry.isIntersecting)), { rootMargin: '600px' });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [near]);
  return [element, near];
}
