import { SHORTCUTS, shown } from '../app/keyboard';

export function Keyboard() {
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
