import { Link } from '@tanstack/react-router';
import { Empty } from '../parts/Empty';

export function NotFound() {
  return (
    <Empty title="There is no such page">
      <Link to="/">Go home</Link>, or press <kbd>Ctrl</kbd> <kbd>K</kbd> and search.
    </Empty>
  );
}
