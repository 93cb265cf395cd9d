import { createContext, useContext } from 'react';
import type { AwsIdentity } from '../api/aws';

export const Who = createContext<AwsIdentity>({ as: '', name: '', arn: '', account_id: '' });

/** As whom the page asks IAM. */
export const useWho = () => useContext(Who);
