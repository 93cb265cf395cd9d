export function JobsPage() { return <p>stub</p>; }
