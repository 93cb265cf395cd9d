/** Actions of the services that are here (Service Authorization Reference). */
const WORDS: Record<string, string> = {
  iam: `
    AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachRolePolicy AttachUserPolicy
    ChangePassword CreateAccessKey CreateAccountAlias CreateGroup CreateInstanceProfile CreateLoginProfile CreateOpenIDConnectProvider
    CreatePolicy CreatePolicyVersion CreateRole CreateServiceLinkedRole CreateUser DeleteAccessKey DeleteAccountAlias
    DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteInstanceProfile DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy
    DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DeleteServiceLinkedRole DeleteUser
    DeleteUserPermissionsBoundary DeleteUserPolicy DetachGroupPolicy DetachRolePolicy DetachUserPolicy GetAccessKeyLastUsed
    GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy
    GetGroup GetGroupPolicy GetInstanceProfile GetLoginProfile GetOpenIDConnectProvider GetPolicy GetPolicyVersion GetRole GetRolePolicy
    GetServiceLinkedRoleDeletionStatus GetUser GetUserPolicy ListAccessKeys ListAccountAliases ListAttachedGroupPolicies
    ListAttachedRolePolicies ListAttachedUserPolicies ListEntitiesForPolicy ListGroupPolicies ListGroups ListGroupsForUser
    ListInstanceProfileTags ListInstanceProfiles ListInstanceProfilesForRole ListMFADevices ListOpenIDConnectProviderTags
    ListOpenIDConnectProviders ListPolicies ListPolicyTags ListPolicyVersions ListRolePolicies ListRoleTags ListRoles ListSAMLProviders
    ListSSHPublicKeys ListServerCertificates ListServiceSpecificCredentials ListSigningCertificates ListUserPolicies ListUserTags ListUsers
    ListVirtualMFADevices PassRole PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy
    RemoveClientIDFromOpenIDConnectProvider RemoveRoleFromInstanceProfile RemoveUserFromGroup SetDefaultPolicyVersion SimulateCustomPolicy
    SimulatePrincipalPolicy TagInstanceProfile TagOpenIDConnectProvider TagPolicy TagRole TagUser UntagInstanceProfile
    UntagOpenIDConnectProvider UntagPolicy UntagRole UntagUser UpdateAccessKey UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup
    UpdateLoginProfile UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription UpdateUser`,
  s3: `
    AbortMultipartUpload CreateBucket DeleteBucket DeleteBucketPolicy DeleteBucketWebsite DeleteObject DeleteObjectTagging DeleteObjectVersion
    DeleteObjectVersionTagging GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAcl GetBucketCORS GetBucketLocation
    GetBucketLogging GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus
    GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
    GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration GetObject GetObjectAcl
    GetObjectAttributes GetObjectTagging GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionTagging
    GetReplicationConfiguration ListAllMyBuckets ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts
    PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification
    PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutBucketRequestPayment
    PutBucketTagging PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration
    PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration PutObject PutObjectAcl PutObjectTagging PutObjectVersionAcl
    PutObjectVersionTagging PutReplicationConfiguration`,
  sts: `
    AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetFederationToken
    GetServiceBearerToken GetSessionToken SetContext SetSourceIdentity TagSession`,
};

export const ACTIONS: Record<string, readonly string[]> = Object.fromEntries(Object.entries(WORDS).map(([service, words]) => [service, words.trim().split(/\s+/)]));

export const EVERY_ACTION: readonly string[] = Object.entries(ACTIONS).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));

const FOLDED = EVERY_ACTION.map((each) => each.toLowerCase());

const escaped = (text: string) => text.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');

/** Whether an action, which may have `*` and `?`, means one that a service here asks for. */
export function knownAction(action: string): boolean {
  const pattern = action.toLowerCase();
  if (!/[*?]/.test(pattern)) return FOLDED.includes(pattern);
  const wanted = new RegExp(`^${escaped(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return FOLDED.some((each) => wanted.test(each));
}
