export function Html({ html }: { html: string; label: string }) {
  return <pre>{html}</pre>;
}
