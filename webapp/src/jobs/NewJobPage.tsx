export function NewJobPage() { return <p>stub</p>; }
