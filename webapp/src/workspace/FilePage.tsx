export function FilePage() { return <p>stub</p>; }
