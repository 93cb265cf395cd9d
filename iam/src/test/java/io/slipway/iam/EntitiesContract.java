package io.slipway.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.iam.policy.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/** Users, groups, roles, instance profiles and providers: what is told of them and when they are refused, on any database. */
@NullUnmarked
abstract class EntitiesContract extends IamContract {
    private static final String READ = allow("s3:Get*", "*");

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void what_is_made_is_told_again() {
        User user = iam.createUser(r -> r.userName("ann").path("/team/").tags(tag("a", "1")))
                .user();
        assertThat(user.arn()).isEqualTo(arn("user/team/ann"));
        assertThat(user.userId()).matches("AIDA[A-Z2-7]{17}");
        assertThat(iam.getUser(r -> r.userName("ANN")).user()).isEqualTo(user);
        Group group = iam.createGroup(r -> r.groupName("g")).group();
        assertThat(group.groupId()).matches("AGPA[A-Z2-7]{17}");
        assertThat(iam.getGroup(r -> r.groupName("g")).group()).isEqualTo(group);
        role("r", EC2_TRUST);
        Role role = iam.getRole(r -> r.roleName("r")).role();
        assertThat(role.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(role.maxSessionDuration()).isEqualTo(3_600);
        assertThat(role.assumeRolePolicyDocument())
                .isEqualTo(Shapes.encoded(EC2_TRUST))
                .startsWith("%7B%22Version%22%3A");
        assertThat(role.roleLastUsed().lastUsedDate()).isNull();
        InstanceProfile profile = iam.createInstanceProfile(
                        r -> r.instanceProfileName("p").path("/x/y/"))
                .instanceProfile();
        assertThat(profile.arn()).isEqualTo(arn("instance-profile/x/y/p"));
        assertThat(profile.instanceProfileId()).matches("AIPA[A-Z2-7]{17}");
    }

    @Test
    void who_asks_without_a_name_is_told_of_themselves() {
        String key = user("ann", allow("iam:GetUser", "*"));
        assertThat(iam(key).getUser().user().userName()).isEqualTo("ann");
        assertThat(iam.getUser().user().arn()).isEqualTo(arn("root"));
    }

    @Test
    void lists_come_in_pages_and_below_a_path() {
        for (int i = 0; i < 7; i++) {
            String name = "Role" + i;
            iam.createRole(r -> r.roleName(name).path("/a/").assumeRolePolicyDocument(EC2_TRUST));
        }
        role("other", EC2_TRUST);
        List<String> names = new ArrayList<>();
        ListRolesResponse page = iam.listRoles(r -> r.pathPrefix("/a").maxItems(3));
        names.addAll(page.roles().stream().map(Role::roleName).toList());
        assertThat(page.isTruncated()).isTrue();
        iam.deleteRole(r -> r.roleName("Role1"));
        while (page.isTruncated()) {
            String marker = page.marker();
            page = iam.listRoles(r -> r.pathPrefix("/a").maxItems(3).marker(marker));
            names.addAll(page.roles().stream().map(Role::roleName).toList());
        }
        assertThat(names).containsExactly("Role0", "Role1", "Role2", "Role3", "Role4", "Role5", "Role6");
        assertThat(page.marker()).isNull();
        assertThat(iam.listRolesPaginator(r -> r.maxItems(2)).roles().stream()).hasSize(7);
        refused("ValidationError", "Invalid Marker.", () -> iam.listUsers(r -> r.marker("no")));
    }

    @Test
    void another_name_keeps_all_that_is_part_of_a_user() {
        String key = user("ann", allow("s3:*", "*"));
        iam.updateUser(r -> r.userName("ann").newUserName("eve").newPath("/p/"));
        assertThat(iam.listUserPolicies(r -> r.userName("eve")).policyNames()).containsExactly("p0");
        assertThat(caller(key).requester().arn()).isEqualTo(arn("user/p/eve"));
        refused("NoSuchEntity", "The user with name ann cannot be found.", () -> iam.getUser(r -> r.userName("ann")));
    }

    @Test
    void groups_have_members() {
        user("ann");
        iam.createGroup(r -> r.groupName("g"));
        iam.addUserToGroup(r -> r.groupName("g").userName("ann"));
        iam.addUserToGroup(r -> r.groupName("g").userName("ann"));
        assertThat(iam.getGroup(r -> r.groupName("g")).users())
                .extracting(User::userName)
                .containsExactly("ann");
        assertThat(iam.listGroupsForUser(r -> r.userName("ann")).groups()).hasSize(1);
        refused("DeleteConflict", "must remove users from group first", () -> iam.deleteGroup(r -> r.groupName("g")));
        iam.removeUserFromGroup(r -> r.groupName("g").userName("ann"));
        iam.removeUserFromGroup(r -> r.groupName("g").userName("ann"));
        iam.deleteGroup(r -> r.groupName("g"));
        assertThat(iam.listGroups().groups()).isEmpty();
    }

    @Test
    void a_profile_has_one_role() {
        role("r", EC2_TRUST);
        role("s", EC2_TRUST);
        iam.createInstanceProfile(r -> r.instanceProfileName("p"));
        iam.addRoleToInstanceProfile(r -> r.instanceProfileName("p").roleName("r"));
        assertThat(iam.getInstanceProfile(r -> r.instanceProfileName("p"))
                        .instanceProfile()
                        .roles())
                .extracting(Role::roleName)
                .containsExactly("r");
        assertThat(iam.listInstanceProfilesForRole(r -> r.roleName("r")).instanceProfiles())
                .hasSize(1);
        refused(
                "LimitExceeded",
                "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
                () -> iam.addRoleToInstanceProfile(
                        r -> r.instanceProfileName("p").roleName("s")));
        refused(
                "DeleteConflict",
                "must remove roles from instance profile first",
                () -> iam.deleteRole(r -> r.roleName("r")));
        refused(
                "DeleteConflict",
                "must remove roles from instance profile first",
                () -> iam.deleteInstanceProfile(r -> r.instanceProfileName("p")));
        refused(
                "NoSuchEntity",
                "The role with name s cannot be found.",
                () -> iam.removeRoleFromInstanceProfile(
                        r -> r.instanceProfileName("p").roleName("s")));
        iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName("p").roleName("r"));
        iam.deleteInstanceProfile(r -> r.instanceProfileName("p"));
    }

    @Test
    void tags_are_given_and_taken() {
        role("r", EC2_TRUST);
        iam.tagRole(r -> r.roleName("r").tags(tag("b", "1"), tag("a", "2")));
        iam.tagRole(r -> r.roleName("r").tags(tag("A", "3")));
        assertThat(iam.listRoleTags(r -> r.roleName("r")).tags()).containsExactly(tag("b", "1"), tag("A", "3"));
        iam.untagRole(r -> r.roleName("r").tagKeys("B", "none"));
        assertThat(iam.getRole(r -> r.roleName("r")).role().tags()).containsExactly(tag("A", "3"));
        List<Tag> many = IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "")).toList();
        refused(
                "LimitExceeded",
                "The number of tags has reached the maximum limit.",
                () -> iam.tagRole(r -> r.roleName("r").tags(many)));
    }

    @Test
    void access_keys_are_two_for_each_user_and_tell_their_use() {
        iam.createUser(r -> r.userName("ann"));
        AccessKey key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
        assertThat(key.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
        assertThat(key.secretAccessKey()).hasSize(40);
        assertThat(area.key(key.accessKeyId()).orElseThrow().secret()).isEqualTo(key.secretAccessKey());
        assertThat(iam.getAccessKeyLastUsed(r -> r.accessKeyId(key.accessKeyId()))
                        .accessKeyLastUsed()
                        .serviceName())
                .isEqualTo("N/A");
        area.used(key.accessKeyId(), "s3", "eu-west-1");
        area.used(key.accessKeyId(), "iam", "eu-west-2");
        assertThat(iam.getAccessKeyLastUsed(r -> r.accessKeyId(key.accessKeyId()))
                        .accessKeyLastUsed()
                        .region())
                .as("once a minute")
                .isEqualTo("eu-west-1");
        iam.createAccessKey(r -> r.userName("ann"));
        refused(
                "LimitExceeded",
                "Cannot exceed quota for AccessKeysPerUser: 2",
                () -> iam.createAccessKey(r -> r.userName("ann")));
        iam.updateAccessKey(
                r -> r.userName("ann").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
        assertThat(area.key(key.accessKeyId())).isEmpty();
        assertThat(area.caller(key.accessKeyId(), Context.EMPTY, "")).isEmpty();
        refused("DeleteConflict", "must remove referenced objects first", () -> iam.deleteUser(r -> r.userName("ann")));
        iam.deleteAccessKey(r -> r.userName("ann").accessKeyId(key.accessKeyId()));
        assertThat(iam.listAccessKeys(r -> r.userName("ann")).accessKeyMetadata())
                .hasSize(1);
    }

    @Test
    void passwords_follow_the_rules_of_the_account() {
        String key = user("ann");
        refused("NoSuchEntity", "The Password Policy with domain name " + here, iam::getAccountPasswordPolicy);
        iam.updateAccountPasswordPolicy(
                r -> r.minimumPasswordLength(10).requireNumbers(true).allowUsersToChangePassword(true));
        assertThat(iam.getAccountPasswordPolicy().passwordPolicy().requireNumbers())
                .isTrue();
        refused(
                "PasswordPolicyViolation",
                "minimum length of 10",
                () -> iam.createLoginProfile(r -> r.userName("ann").password("short")));
        iam.createLoginProfile(r -> r.userName("ann").password("0123456789").passwordResetRequired(true));
        assertThat(iam.getLoginProfile(r -> r.userName("ann")).loginProfile().passwordResetRequired())
                .isTrue();
        refused(
                "AccessDenied",
                "The old password was incorrect.",
                () -> iam(key).changePassword(r -> r.oldPassword("wrong").newPassword("9876543210")));
        iam(key).changePassword(r -> r.oldPassword("0123456789").newPassword("9876543210"));
        assertThat(iam.getLoginProfile(r -> r.userName("ann")).loginProfile().passwordResetRequired())
                .isFalse();
        iam.deleteLoginProfile(r -> r.userName("ann"));
        refused(
                "NoSuchEntity",
                "Login Profile for User ann cannot be found.",
                () -> iam.getLoginProfile(r -> r.userName("ann")));
        iam.deleteAccountPasswordPolicy();
        refused("NoSuchEntity", "The account policy with name PasswordPolicy", iam::deleteAccountPasswordPolicy);
    }

    @Test
    void providers_are_kept_with_their_clients() {
        String arn = iam.createOpenIDConnectProvider(r -> r.url("https://issuer.example/path/?test=true")
                        .clientIDList("one")
                        .thumbprintList("a".repeat(40)))
                .openIDConnectProviderArn();
        assertThat(arn).isEqualTo(arn("oidc-provider/issuer.example/path"));
        iam.addClientIDToOpenIDConnectProvider(
                r -> r.openIDConnectProviderArn(arn).clientID("two"));
        iam.removeClientIDFromOpenIDConnectProvider(
                r -> r.openIDConnectProviderArn(arn).clientID("one"));
        iam.updateOpenIDConnectProviderThumbprint(
                r -> r.openIDConnectProviderArn(arn).thumbprintList("b".repeat(40)));
        iam.tagOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).tags(tag("k", "v")));
        var provider = iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
        assertThat(provider.url()).isEqualTo("issuer.example/path");
        assertThat(provider.clientIDList()).containsExactly("two");
        assertThat(provider.thumbprintList()).containsExactly("b".repeat(40));
        assertThat(provider.tags()).containsExactly(tag("k", "v"));
        iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
        iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
        refused(
                "NoSuchEntity",
                "OpenIDConnect Provider not found for arn " + arn,
                () -> iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn)));
    }

    @Test
    void roles_of_services_are_theirs() {
        Role role = iam.createServiceLinkedRole(r -> r.awsServiceName("batch.amazonaws.com"))
                .role();
        assertThat(role.arn()).isEqualTo(arn("role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch"));
        refused(
                "InvalidInput",
                "has been taken in this account",
                () -> iam.createServiceLinkedRole(r -> r.awsServiceName("batch.amazonaws.com")));
        refused(
                "UnmodifiableEntity",
                "only modifiable by AWS",
                () -> iam.deleteRole(r -> r.roleName("AWSServiceRoleForBatch")));
        String task = iam.deleteServiceLinkedRole(r -> r.roleName("AWSServiceRoleForBatch"))
                .deletionTaskId();
        assertThat(iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task))
                        .statusAsString())
                .isEqualTo("SUCCEEDED");
        assertThat(iam.listRoles().roles()).isEmpty();
    }

    @Test
    void an_account_tells_how_much_it_has() {
        user("ann");
        role("r", EC2_TRUST);
        policy("p", READ);
        iam.createAccountAlias(r -> r.accountAlias("my-account"));
        assertThat(iam.listAccountAliases().accountAliases()).containsExactly("my-account");
        refused(
                "EntityAlreadyExists",
                "my-account already exists",
                () -> area.iam(caller(area.accounts().createRootKey(there).id()))
                        .createAccountAlias(r -> r.accountAlias("my-account")));
        assertThat(iam.getAccountSummary().summaryMapAsStrings())
                .containsAllEntriesOf(
                        Map.of("Users", 1, "Roles", 1, "Policies", 1, "Groups", 0, "AccountAccessKeysPresent", 1))
                .containsEntry("VersionsPerPolicyQuota", 5);
        iam.deleteAccountAlias(r -> r.accountAlias("my-account"));
        assertThat(iam.listAccountAliases().accountAliases()).isEmpty();
    }

    @Test
    void all_of_an_account_is_told_in_pages() {
        user("ann", READ);
        iam.createGroup(r -> r.groupName("g"));
        iam.addUserToGroup(r -> r.groupName("g").userName("ann"));
        role("r", EC2_TRUST);
        iam.attachRolePolicy(r -> r.roleName("r").policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        iam.attachRolePolicy(r -> r.roleName("r").policyArn(policy("p", READ)));
        var pages = iam.getAccountAuthorizationDetailsPaginator(r -> r.maxItems(2)).stream()
                .toList();
        assertThat(pages).hasSize(3);
        var users =
                pages.stream().flatMap(each -> each.userDetailList().stream()).toList();
        assertThat(users).hasSize(1);
        assertThat(users.get(0).groupList()).containsExactly("g");
        assertThat(users.get(0).userPolicyList().get(0).policyDocument()).isEqualTo(Shapes.encoded(READ));
        assertThat(pages.stream()
                        .flatMap(each -> each.roleDetailList().stream())
                        .toList()
                        .get(0)
                        .attachedManagedPolicies())
                .hasSize(2);
        assertThat(pages.stream().flatMap(each -> each.policies().stream()).map(each -> each.policyName()))
                .containsExactly("p", "AmazonS3ReadOnlyAccess");
    }

    private record Refusal(String code, String message, ThrowingCallable call) {}

    @TestFactory
    Stream<DynamicTest> what_is_wrong_is_refused_in_the_words_of_iam() {
        List<Tag> many = IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "")).toList();
        return Stream.of(
                        new Refusal("EntityAlreadyExists", "User with name ANN already exists.", () -> {
                            iam.createUser(r -> r.userName("ann"));
                            iam.createUser(r -> r.userName("ANN"));
                        }),
                        new Refusal("EntityAlreadyExists", "Group with name g already exists.", () -> {
                            iam.createGroup(r -> r.groupName("g"));
                            iam.createGroup(r -> r.groupName("g"));
                        }),
                        new Refusal("EntityAlreadyExists", "Role with name r already exists.", () -> {
                            role("r", EC2_TRUST);
                            role("r", EC2_TRUST);
                        }),
                        new Refusal("EntityAlreadyExists", "Instance Profile p already exists.", () -> {
                            iam.createInstanceProfile(r -> r.instanceProfileName("p"));
                            iam.createInstanceProfile(r -> r.instanceProfileName("p"));
                        }),
                        new Refusal(
                                "NoSuchEntity",
                                "Instance Profile x cannot be found.",
                                () -> iam.getInstanceProfile(r -> r.instanceProfileName("x"))),
                        new Refusal(
                                "NoSuchEntity",
                                "The role with name x cannot be found.",
                                () -> iam.deleteRole(r -> r.roleName("x"))),
                        new Refusal(
                                "NoSuchEntity",
                                "The user with name y cannot be found.",
                                () -> iam.addUserToGroup(r -> r.groupName("x").userName("y"))),
                        new Refusal(
                                "InvalidInput",
                                "The service else.amazonaws.com has no role of its own",
                                () -> iam.createServiceLinkedRole(r -> r.awsServiceName("else.amazonaws.com"))),
                        new Refusal(
                                "ValidationError",
                                "Value at 'userName' failed to satisfy constraint: Member must not be" + " null",
                                () -> iam.createUser(r -> {})),
                        new Refusal(
                                "ValidationError",
                                "Member must have length less than or equal to 64",
                                () -> iam.createUser(r -> r.userName("u".repeat(65)))),
                        new Refusal(
                                "ValidationError",
                                "The specified value for userName is invalid. It must contain only alphanumeric characters",
                                () -> iam.createUser(r -> r.userName("a b"))),
                        new Refusal(
                                "ValidationError",
                                "The specified value for path is invalid. It must begin and end with /",
                                () -> iam.createUser(r -> r.userName("a").path("p/"))),
                        new Refusal(
                                "ValidationError",
                                "'tags' failed to satisfy constraint: Member must have length less than"
                                        + " or equal to 50",
                                () -> iam.createUser(r -> r.userName("a").tags(many))),
                        new Refusal(
                                "InvalidInput",
                                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
                                () -> iam.createUser(r -> r.userName("a").tags(tag("k", ""), tag("K", "")))),
                        new Refusal(
                                "ValidationError",
                                "pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
                                () -> iam.createUser(r -> r.userName("a").tags(tag("no!", "")))),
                        new Refusal(
                                "MalformedPolicyDocument", "This policy contains invalid Json", () -> role("q", "{no")),
                        new Refusal(
                                "MalformedPolicyDocument",
                                "Has prohibited field Resource",
                                () -> role("q", allow("sts:AssumeRole", "*"))),
                        new Refusal(
                                "MalformedPolicyDocument",
                                "Invalid principal in policy: \"AWS\":\"" + arn("user/nobody"),
                                () -> role("q", trust("{'AWS':'" + arn("user/nobody") + "'}", "sts:AssumeRole"))),
                        new Refusal(
                                "ValidationError",
                                "'maxSessionDuration'",
                                () -> iam.createRole(r -> r.roleName("q")
                                        .assumeRolePolicyDocument(EC2_TRUST)
                                        .maxSessionDuration(3_599))),
                        new Refusal(
                                "ValidationError",
                                "Value (arn:aws:iam::123456789:not_a_boundary) for parameter PermissionsBoundary is invalid.",
                                () -> iam.createUser(r ->
                                        r.userName("q").permissionsBoundary("arn:aws:iam::123456789:not_a_boundary"))),
                        new Refusal(
                                "ValidationError",
                                "3 validation errors detected",
                                () -> iam.updateAccountPasswordPolicy(r -> r.minimumPasswordLength(129)
                                        .passwordReusePrevention(25)
                                        .maxPasswordAge(1_096))),
                        new Refusal(
                                "ValidationError",
                                "Invalid Open ID Connect Provider URL",
                                () -> iam.createOpenIDConnectProvider(r -> r.url("example.org"))),
                        new Refusal(
                                "InvalidInput",
                                "Custom suffix is not allowed for batch.amazonaws.com",
                                () -> iam.createServiceLinkedRole(r ->
                                        r.awsServiceName("batch.amazonaws.com").customSuffix("x"))),
                        new Refusal(
                                "NoSuchEntity",
                                "The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.",
                                () -> iam.deleteAccessKey(r -> r.accessKeyId("AKIAIOSFODNN7EXAMPLE"))),
                        new Refusal(
                                "AccessDenied",
                                "on resource: access key AKIAIOSFODNN7EXAMPLE",
                                () -> iam.getAccessKeyLastUsed(r -> r.accessKeyId("AKIAIOSFODNN7EXAMPLE"))))
                .map(each -> DynamicTest.dynamicTest(
                        each.message(), () -> refused(each.code(), each.message(), each.call())));
    }
}
