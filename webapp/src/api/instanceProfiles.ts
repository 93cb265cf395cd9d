import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';

const ROOT = '/api/2.0/instance-profiles';

/** ARNs of the instance profiles that clusters of this workspace may have. */
export const addedProfilesQuery = queryOptions({
  queryKey: keys.instanceProfiles,
  queryFn: async () => ((await api.get<{ instance_profiles?: { instance_profile_arn: string }[] }>(`${ROOT}/list`)).instance_profiles ?? []).map((each) => each.instance_profile_arn),
});

/** A machine gets the role first, unless that is skipped: a role that machines cannot have is refused. */
export const addProfile = (arn: string) => api.post(`${ROOT}/add`, { instance_profile_arn: arn });
export const removeProfile = (arn: string) => api.post(`${ROOT}/remove`, { instance_profile_arn: arn });
