import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';

export interface Branch {
  id: string;
  label: ReactNode;
  /** A hook that finds what is below; called only while the branch is open. Absent for a leaf. */
  useBelow?: () => Branch[];
}

interface Props {
  branches: Branch[];
  current: string;
  /** Whether what is shown lies at or below this branch: such branches begin open. */
  inside: (id: string) => boolean;
}

/** A tree that asks for a branch's content when it is opened. */
export function Tree(props: Props) {
  return (
    <ul className="tree">
      {props.branches.map((branch) => (
        <Node key={branch.id} {...props} branch={branch} />
      ))}
    </ul>
  );
}

function Node({ branch, ...rest }: Omit<Props, 'branches'> & { branch: Branch }) {
  const [toggled, setToggled] = useState<boolean>();
  const open = toggled ?? rest.inside(branch.id);
  return (
    <li>
      <div className={rest.current === branch.id ? 'tree-row current' : 'tree-row'}>
        {branch.useBelow ? (
          <button type="button" aria-expanded={open} aria-label={`${open ? 'Close' : 'Open'} ${branch.id}`} onClick={() => setToggled(!open)}>
            {open ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
          </button>
        ) : (
          <i />
        )}
        {branch.label}
      </div>
      {open && branch.useBelow && <Below {...rest} useBelow={branch.useBelow} />}
    </li>
  );
}

function Below({ useBelow, ...rest }: Omit<Props, 'branches'> & { useBelow: () => Branch[] }) {
  const branches = useBelow();
  return branches.length > 0 ? <Tree {...rest} branches={branches} /> : null;
}
