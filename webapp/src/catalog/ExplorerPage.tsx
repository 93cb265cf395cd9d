export function ExplorerPage() { return <p>stub</p>; }
