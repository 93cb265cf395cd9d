export function FolderPage() { return <p>stub</p>; }
