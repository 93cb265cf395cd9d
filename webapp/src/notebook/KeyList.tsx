import { shownKeys } from './keyboard';
import { EDITOR_KEYS, NOTEBOOK_KEYS, type Mode } from './keys';

const GROUPS: [string, Mode][] = [
  ['In a notebook', 'both'],
  ['While a cell is chosen (Esc)', 'command'],
  ['While typing in a cell (Enter)', 'edit'],
];

/** Every key of notebooks, by when it works. */
export function KeyList() {
  return (
    <>
      {GROUPS.map(([title, mode]) => (
        <section key={mode} aria-label={title}>
          <h2>{title}</h2>
          <table className="list keys">
            <tbody>
              {NOTEBOOK_KEYS.filter((each) => each.mode === mode && each.what).map(({ keys, what, command }) => (
                <Row key={command} keys={keys.filter((each) => each !== 'Shift+?')} what={what} />
              ))}
              {mode === 'edit' && EDITOR_KEYS.map(([keys, what]) => <Row key={keys} keys={[keys]} what={what} />)}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

function Row({ keys, what }: { keys: string[]; what: string }) {
  return (
    <tr>
      <th scope="row">
        {keys.map((each, index) => (
          <span key={each}>
            {index > 0 && ' or '}
            {shownKeys(each)
              .split(/[+ ](?=.)/)
              .map((part, at) => (
                <kbd key={at}>{part}</kbd>
              ))}
          </span>
        ))}
      </th>
      <td>{what}</td>
    </tr>
  );
}
