/** `CAN_ATTACH_TO` as people read it. */
export function levelWords(level: string): string {
  const words = level.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
