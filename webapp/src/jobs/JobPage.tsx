export function JobPage() { return <p>stub</p>; }
