export function ClusterPage() { return <p>stub</p>; }
