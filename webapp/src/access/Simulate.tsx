import { Go } from '../parts/Go';
import { places } from '../parts/places';

/** Leads to the question what somebody may do. */
export function Simulate({ arn }: { arn: string }) {
  return <Go place={places.access('simulator', { who: arn })}>What may it do?</Go>;
}
