export function NotebookRoute() { return <p>stub</p>; }
