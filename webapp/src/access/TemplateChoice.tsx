import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { policies, trusts } from './policy/templates';

interface Template {
  value: string;
  label: string;
  fields: { name: string; label: string; placeholder?: string; optional?: boolean }[];
  write: (fields: Record<string, string>) => string;
}

const BUCKET = { name: 'bucket', label: 'Bucket', placeholder: 'photos' };

export const TEMPLATES: Record<'trust' | 'policy', Template[]> = {
  trust: [
    { value: 'clusters', label: 'For clusters: EC2 takes the role', fields: [], write: trusts.clusters },
    {
      value: 'account',
      label: 'For another account',
      fields: [
        { name: 'account', label: 'Account', placeholder: '123456789012' },
        { name: 'externalId', label: 'External id, if it is to be asked for', optional: true },
      ],
      write: ({ account = '', externalId = '' }) => trusts.account(account, externalId),
    },
  ],
  policy: [
    { value: 'read', label: 'Read one bucket', fields: [BUCKET], write: ({ bucket = '' }) => policies.readBucket(bucket) },
    {
      value: 'write',
      label: 'Read and write below one prefix',
      fields: [BUCKET, { name: 'prefix', label: 'Prefix', placeholder: 'raw/' }],
      write: ({ bucket = '', prefix = '' }) => policies.writePrefix(bucket, prefix),
    },
    { value: 'all', label: 'Everything in S3', fields: [], write: policies.everything },
  ],
};

const OWN = 'own';

/** Something to begin with; its fields are written into the document as one types them. */
export function TemplateChoice({ of, first = OWN, write }: { of: keyof typeof TEMPLATES; first?: string; write: (document: string) => void }) {
  const [chosen, setChosen] = useState(first);
  const [fields, setFields] = useState<Record<string, string>>({});
  const template = TEMPLATES[of].find(({ value }) => value === chosen);
  const fill = (next: Template | undefined, values: Record<string, string>) => {
    if (next?.fields.every(({ name, optional }) => optional || values[name])) write(next.write(values));
  };
  return (
    <div className="template">
      <Select
        label="Template"
        size="xs"
        allowDeselect={false}
        data={[...TEMPLATES[of].map(({ value, label }) => ({ value, label })), { value: OWN, label: 'My own' }]}
        value={chosen}
        onChange={(next) => {
          setChosen(next ?? OWN);
          fill(TEMPLATES[of].find(({ value }) => value === next), fields);
        }}
      />
      {template?.fields.map(({ name, label, placeholder }) => (
        <TextInput
          key={name}
          label={label}
          placeholder={placeholder}
          size="xs"
          value={fields[name] ?? ''}
          onChange={(event) => {
            const values = { ...fields, [name]: event.currentTarget.value.trim() };
            setFields(values);
            fill(template, values);
          }}
        />
      ))}
    </div>
  );
}
