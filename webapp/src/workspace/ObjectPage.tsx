export function ObjectPage() { return <p>stub</p>; }
