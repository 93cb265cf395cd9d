import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { useMemo } from 'react';
import { standardOf } from '../api/iam';
import { keys } from '../api/keys';
import type { Evaluation, Matched } from '../api/simulation';
import { Go } from '../parts/Go';
import { Loaded } from '../parts/Waiting';
import { answer, byPolicy, rangesOf, sourceOf, type Answered, type Source, type Speaker } from './answers';
import { DocumentText } from './DocumentText';
import { useWho } from './who';

/** What IAM has answered, with the statements that say so. */
export function Evaluations({ all, speakers, name }: { all: Answered[]; speakers: Speaker[]; name: string }) {
  return (
    <section aria-label="Answers" className="answers">
      <h2>Answers</h2>
      {all.flatMap(({ evaluations, bucketPolicy }) =>
        evaluations.map((each) => <One key={`${each.action} ${each.resource}`} evaluation={each} name={name} source={(matched) => sourceOf(matched, speakers, bucketPolicy)} />),
      )}
    </section>
  );
}

function One({ evaluation, name, source }: { evaluation: Evaluation; name: string; source: (matched: Matched) => Source | undefined }) {
  const { action, resource, matched, missing } = evaluation;
  const { allowed, why } = answer(evaluation);
  return (
    <article className="answer" aria-label={`${action} ${resource}`}>
      <p className={allowed ? 'success' : 'failed'}>
        {allowed ? <CircleCheck size={16} aria-hidden="true" /> : <CircleX size={16} aria-hidden="true" />}
        <span>
          <b>
            {name} {allowed ? 'may' : 'may not'} do <code>{action}</code> {resource === '*' ? 'with just anything' : 'with '}
            {resource !== '*' && <code>{resource}</code>}.
          </b>{' '}
          {why}
        </span>
      </p>
      {missing.length > 0 && <p className="dim">Conditions ask for {missing.join(', ')}, of which nothing was told: if it were, the answer might be another.</p>}
      {byPolicy(matched).map((statements) => {
        const [first] = statements;
        return first && <Statements key={`${first.type} ${first.policy}`} statements={statements} name={first.policy} source={source(first)} />;
      })}
    </article>
  );
}

/** The policy with its statements that counted. */
function Statements({ statements, name, source }: { statements: Matched[]; name: string; source: Source | undefined }) {
  if (!source) return <p className="dim">A statement of {name}.</p>;
  return (
    <>
      <p className="matched">
        {source.place ? <Go place={source.place}>{source.title}</Go> : source.title}
      </p>
      {source.document !== undefined && <Marked document={source.document} statements={statements} label={source.title} />}
      {source.arn !== undefined && <Named arn={source.arn} statements={statements} label={source.title} />}
    </>
  );
}

function Named({ arn, ...rest }: { arn: string; statements: Matched[]; label: string }) {
  const { as } = useWho();
  const document = useQuery({ queryKey: keys.aws(as, 'iam', 'standard', arn), queryFn: () => standardOf(as, arn) });
  return <Loaded query={document}>{(text) => <Marked document={text} {...rest} />}</Loaded>;
}

function Marked({ document, statements, label }: { document: string; statements: Matched[]; label: string }) {
  const marked = useMemo(() => rangesOf(statements, document), [statements, document]);
  return <DocumentText text={document} marked={marked} label={label} />;
}
