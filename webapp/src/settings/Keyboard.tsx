import { SHORTCUTS, shown } from '../parts/keyboard';
import { KeyList } from '../notebook/KeyList';

export function Keyboard() {
  return (
    <>
      <Everywhere />
      <KeyList />
    </>
  );
}

function Everywhere() {
  return (
    <table className="list keys" aria-label="Keyboard">
      <tbody>
        {SHORTCUTS.map(([keys, what]) => (
          <tr key={keys}>
            <th scope="row">
              {shown(keys)
                .split(' ')
                .map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
            </th>
            <td>{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
