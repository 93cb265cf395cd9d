import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** What cannot be shown: "This page", "This output". */
  what: string;
  /** Another value = something else is shown now: it is tried anew. */
  of?: unknown;
}

interface State {
  error?: unknown;
  of?: unknown;
}

/** Keeps a fault in one part of a page from taking the rest away with it. */
export class Caught extends Component<Props, State> {
  override state: State = { of: this.props.of };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error ?? new Error('It gave no reason.') };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.of === state.of ? null : { of: props.of, error: undefined };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    // React has told the console of the error already; this says where it was.
    console.warn(`${this.props.what}: ${String(error)}${info.componentStack ?? ''}`);
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Fault what={this.props.what} error={error} retry={() => this.setState({ error: undefined })} />;
  }
}

/** Says what is not shown and why, and lets the reader try again. */
export function Fault({ what, error, retry }: { what: string; error: unknown; retry?: () => void }) {
  return (
    <div className="error-note" role="alert">
      <div>
        <p>{what} could not be shown. What is stored is not changed.</p>
        <small>{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</small>
      </div>
      {retry && (
        <Button size="compact-xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}
