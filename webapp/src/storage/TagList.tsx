import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Tag } from '../api/awsObjects';
import { ErrorNote } from '../parts/ErrorNote';

/** S3 replaces all of them at once. */
export function TagList({ all, save }: { all: Tag[]; save: (tags: Tag[]) => Promise<unknown> }) {
  const [tags, setTags] = useState(all);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const changed = JSON.stringify(tags) !== JSON.stringify(all);
  const set = (index: number, part: Partial<Tag>) => setTags(tags.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const store = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await save(tags);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <div className="tag-list">
      {tags.map(({ key, value }, index) => (
        <Group key={index} gap={6} wrap="nowrap">
          <TextInput size="xs" aria-label={`Key of tag ${index + 1}`} placeholder="Key" value={key} onChange={(event) => set(index, { key: event.currentTarget.value })} />
          <TextInput size="xs" aria-label={`Value of tag ${index + 1}`} placeholder="Value" value={value} onChange={(event) => set(index, { value: event.currentTarget.value })} />
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Remove tag ${index + 1}`} onClick={() => setTags(tags.filter((_, at) => at !== index))}>
            <X size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap={6}>
        <Button size="compact-xs" variant="default" leftSection={<Plus size={13} />} onClick={() => setTags([...tags, { key: '', value: '' }])}>
          Tag
        </Button>
        {changed && (
          <>
            <Button size="compact-xs" loading={busy} onClick={() => void store()}>
              Save tags
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => setTags(all)}>
              Discard
            </Button>
          </>
        )}
      </Group>
      {error !== undefined && <ErrorNote error={error} />}
    </div>
  );
}
