import { useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { importObject } from '../api/tree';
import { useDialogs } from './Dialogs';
import { useGo } from './Go';
import { childOf } from './paths';
import { places } from './places';

export const NEW_NOTEBOOKS = [
  { title: 'Python notebook', language: 'PYTHON', source: '# Databricks notebook source\n' },
  { title: 'SQL notebook', language: 'SQL', source: '-- Databricks notebook source\n' },
  { title: 'Scala notebook', language: 'SCALA', source: '// Databricks notebook source\n' },
  { title: 'R notebook', language: 'R', source: '# Databricks notebook source\n' },
] as const;

/** Asks for the name of a new notebook in a folder, makes it, and opens it. */
export function useNewNotebook(): (kind: (typeof NEW_NOTEBOOKS)[number], folder: string) => void {
  const queries = useQueryClient();
  const go = useGo();
  const { ask } = useDialogs();
  return ({ title, language, source }, folder) =>
    ask({
      title: `New ${title} in ${folder}`,
      action: 'Create',
      text: { label: 'Name', value: 'Untitled' },
      run: async (name) => {
        const path = childOf(folder, name);
        await importObject({ path, content: new TextEncoder().encode(source), format: 'SOURCE', language });
        await queries.invalidateQueries({ queryKey: keys.tree });
        await go(places.notebook(path));
      },
    });
}
