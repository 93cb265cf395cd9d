import type { NodeType } from '../api/clusters';
import { gigabytes } from './time';

export interface Choices {
  group: string;
  items: { value: string; label: string }[];
}

const familyOf = ({ node_type_id: id }: NodeType) => id.split('.')[0] ?? id;

/** Small before large, with words for what a machine has. */
function label(type: NodeType): string {
  const gpus = type.num_gpus ? `, ${type.num_gpus} GPU` : '';
  return `${type.node_type_id}   ${type.num_cores} cores, ${gigabytes(type.memory_mb)}${gpus}`;
}

/** Node types by families: newest families of a category first, and within a family by size. Also what is chosen already. */
export function nodeTypeChoices(types: NodeType[], ...chosen: (string | undefined)[]): Choices[] {
  const families = new Map<string, NodeType[]>();
  types.forEach((type) => families.set(familyOf(type), [...(families.get(familyOf(type)) ?? []), type]));
  const generation = (name: string) => Number(/\d+/.exec(name)?.[0] ?? 0);
  const order = (first: NodeType) => [first.category === 'General Purpose' ? '' : first.category, first.is_deprecated ? '1' : '0'].join(' ');
  const groups = [...families]
    .map(([name, all]) => ({ name, all: all.sort((a, b) => a.num_cores - b.num_cores || a.memory_mb - b.memory_mb) }))
    .sort((a, b) => {
      const [x, y] = [a.all[0], b.all[0]];
      return x && y ? order(x).localeCompare(order(y)) || generation(b.name) - generation(a.name) || a.name.localeCompare(b.name) : 0;
    })
    .map(({ name, all }) => ({
      group: `${name}, ${all[0]?.category.toLowerCase() ?? ''}${all[0]?.is_deprecated ? ', previous generation' : ''}`,
      items: all.map((type) => ({ value: type.node_type_id, label: label(type) })),
    }));
  const unknown = [...new Set(chosen)].filter((id): id is string => id !== undefined && id !== '' && !types.some((type) => type.node_type_id === id));
  return unknown.length > 0 ? [{ group: 'Not in the list', items: unknown.map((id) => ({ value: id, label: id })) }, ...groups] : groups;
}
