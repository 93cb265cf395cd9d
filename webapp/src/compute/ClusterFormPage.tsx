export function ClusterFormPage() { return <p>stub</p>; }
