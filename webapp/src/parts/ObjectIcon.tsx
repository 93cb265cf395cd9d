import { File, FileCode, Folder, NotebookText } from 'lucide-react';

const CODE = /\.(py|sql|scala|r|sh|json|ya?ml|toml|md)$/i;

export function ObjectIcon({ object }: { object: { object_type: string; path: string } }) {
  const Icon = { DIRECTORY: Folder, NOTEBOOK: NotebookText }[object.object_type] ?? (CODE.test(object.path) ? FileCode : File);
  return <Icon size={15} aria-hidden="true" />;
}
