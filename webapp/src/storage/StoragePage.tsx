import { useParams } from '@tanstack/react-router';
import { ActingAs } from '../parts/ActingAs';
import { useUrlState } from '../parts/urlState';
import { BucketView } from './BucketView';
import { BucketsView } from './BucketsView';
import './storage.css';

/** Buckets of S3, or one of them with a folder in it. */
export function StoragePage() {
  const { bucket = '', _splat } = useParams({ strict: false }) as { bucket?: string; _splat?: string };
  const [odd] = useUrlState('prefix', '');
  const prefix = _splat ? `${_splat.replace(/\/$/, '')}/` : odd;
  return (
    <ActingAs title="Storage">
      {(who, chooser) =>
        bucket ? <BucketView key={`${who.as} ${bucket}`} who={who} chooser={chooser} bucket={bucket} prefix={prefix} /> : <BucketsView key={who.as} who={who} chooser={chooser} />
      }
    </ActingAs>
  );
}
