/** Always the same for one person. */
export const hueOf = (user: string) => [...user].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
