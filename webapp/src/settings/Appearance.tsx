import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <section>
      <h2>Theme</h2>
      <SegmentedControl
        size="xs"
        aria-label="Theme"
        data={[
          { value: 'auto', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      />
      <p className="dim">Saved in this browser.</p>
    </section>
  );
}
