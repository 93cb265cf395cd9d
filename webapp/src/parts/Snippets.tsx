import { Copy } from './Copy';

/** The same thing in other tools' words, ready to be copied. */
export function Snippets({ items }: { items: [string, string][] }) {
  return (
    <>
      {items.map(([name, text]) => (
        <section key={name}>
          <h2>
            {name} <Copy text={text} label={`Copy for ${name}`} />
          </h2>
          <pre className="code" tabIndex={0} aria-label={name}>
            {text}
          </pre>
        </section>
      ))}
    </>
  );
}
