export function HomePage() { return <p>stub</p>; }
