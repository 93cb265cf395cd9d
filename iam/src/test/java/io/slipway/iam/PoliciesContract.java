package io.slipway.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;

/** Policies with names of their own and those that are part of somebody, and what follows from them, on any database. */
@NullUnmarked
abstract class PoliciesContract extends IamContract {
    private static final String READ = allow("s3:Get*", "*");
    private static final String S3_READ = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

    @Test
    void a_policy_has_five_versions_of_which_one_counts() {
        String arn = policy("p", READ);
        String ann = user("ann");
        iam.attachUserPolicy(r -> r.userName("ann").policyArn(arn));
        iam.createPolicyVersion(
                r -> r.policyArn(arn).policyDocument(allow("s3:Put*", "*")).setAsDefault(true));
        assertThat(caller(ann).decide("s3:PutObject", "arn:aws:s3:::b/k").allowed())
                .isTrue();
        assertThat(caller(ann).decide("s3:GetObject", "arn:aws:s3:::b/k").allowed())
                .isFalse();
        IntStream.range(0, 3)
                .forEach(i -> iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(READ)));
        refused(
                "LimitExceeded",
                "A managed policy can have up to 5 versions.",
                () -> iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(READ)));
        assertThat(iam.listPolicyVersions(r -> r.policyArn(arn)).versions())
                .extracting(PolicyVersion::versionId)
                .containsExactly("v5", "v4", "v3", "v2", "v1");
        refused(
                "DeleteConflict",
                "Cannot delete the default version of a policy.",
                () -> iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v2")));
        iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v3"));
        assertThat(iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(READ))
                        .policyVersion()
                        .versionId())
                .isEqualTo("v6");
        iam.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v1"));
        assertThat(caller(ann).decide("s3:GetObject", "arn:aws:s3:::b/k").allowed())
                .isTrue();
        assertThat(iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v1"))
                        .policyVersion()
                        .document())
                .isEqualTo(Shapes.encoded(READ));
        refused(
                "NoSuchEntity",
                "version v9 does not exist or is not attachable.",
                () -> iam.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v9")));
        refused(
                "ValidationError",
                "Value at 'versionId'",
                () -> iam.getPolicyVersion(r -> r.policyArn(arn).versionId("wrong")));
        refused(
                "DeleteConflict",
                "Cannot delete a policy attached to entities.",
                () -> iam.deletePolicy(r -> r.policyArn(arn)));
        iam.detachUserPolicy(r -> r.userName("ann").policyArn(arn));
        refused(
                "DeleteConflict",
                "This policy has more than one version.",
                () -> iam.deletePolicy(r -> r.policyArn(arn)));
    }

    @Test
    void what_is_attached_is_counted_and_keeps_its_owner() {
        String arn = policy("p", READ);
        role("r", EC2_TRUST);
        iam.attachRolePolicy(r -> r.roleName("r").policyArn(arn));
        iam.attachRolePolicy(r -> r.roleName("r").policyArn(arn));
        iam.attachRolePolicy(r -> r.roleName("r").policyArn(S3_READ));
        iam.putRolePermissionsBoundary(r -> r.roleName("r").permissionsBoundary(arn));
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName("r")).attachedPolicies())
                .extracting(AttachedPolicy::policyName)
                .containsExactly("p", "AmazonS3ReadOnlyAccess");
        Policy policy = iam.getPolicy(r -> r.policyArn(arn)).policy();
        assertThat(policy.attachmentCount()).isEqualTo(1);
        assertThat(policy.permissionsBoundaryUsageCount()).isEqualTo(1);
        assertThat(iam.getPolicy(r -> r.policyArn(S3_READ)).policy().attachmentCount())
                .isEqualTo(1);
        assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn)).policyRoles())
                .hasSize(1);
        assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn).entityFilter("User"))
                        .policyRoles())
                .isEmpty();
        refused("DeleteConflict", "must detach all policies first", () -> iam.deleteRole(r -> r.roleName("r")));
        iam.detachRolePolicy(r -> r.roleName("r").policyArn(arn));
        refused(
                "NoSuchEntity",
                "Policy " + arn + " was not found.",
                () -> iam.detachRolePolicy(r -> r.roleName("r").policyArn(arn)));
        refused(
                "NoSuchEntity",
                "does not exist or is not attachable.",
                () -> iam.attachRolePolicy(r -> r.roleName("r").policyArn(arn("policy/none"))));
        refused(
                "ValidationError",
                "Invalid ARN:  Could not be parsed!",
                () -> iam.attachRolePolicy(r -> r.roleName("r").policyArn("longpolicynamebutnoarn")));
    }

    @Test
    void ten_policies_are_attached_at_most() {
        iam.createGroup(r -> r.groupName("g"));
        List<String> arns =
                IntStream.range(0, 11).mapToObj(i -> policy("p" + i, READ)).toList();
        arns.subList(0, 10)
                .forEach(arn -> iam.attachGroupPolicy(r -> r.groupName("g").policyArn(arn)));
        refused(
                "LimitExceeded",
                "Cannot exceed quota for PoliciesPerGroup: 10",
                () -> iam.attachGroupPolicy(r -> r.groupName("g").policyArn(arns.get(10))));
    }

    @Test
    void inline_policies_have_the_room_of_their_owner() {
        iam.createUser(r -> r.userName("ann"));
        String large =
                document("{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::" + "b".repeat(1_500) + "'}");
        iam.putUserPolicy(r -> r.userName("ann").policyName("one").policyDocument(large));
        iam.putUserPolicy(r -> r.userName("ann").policyName("one").policyDocument(large));
        refused(
                "LimitExceeded",
                "Maximum policy size of 2048 bytes exceeded for user ann",
                () -> iam.putUserPolicy(r -> r.userName("ann").policyName("two").policyDocument(large)));
        assertThat(iam.getUserPolicy(r -> r.userName("ann").policyName("one")).policyDocument())
                .isEqualTo(Shapes.encoded(large));
        refused("DeleteConflict", "must delete policies first", () -> iam.deleteUser(r -> r.userName("ann")));
        iam.deleteUserPolicy(r -> r.userName("ann").policyName("one"));
        refused(
                "NoSuchEntity",
                "The user policy with name one cannot be found.",
                () -> iam.deleteUserPolicy(r -> r.userName("ann").policyName("one")));
        refused(
                "MalformedPolicyDocument",
                "Syntax errors in policy.",
                () -> iam.putUserPolicy(r -> r.userName("ann").policyName("x").policyDocument("{}")));
    }

    @Test
    void the_policies_of_aws_are_there_and_nobody_changes_them() {
        assertThat(iam.listPoliciesPaginator(r -> r.scope(PolicyScopeType.AWS).maxItems(7)).policies().stream()
                        .map(Policy::arn))
                .contains(
                        "arn:aws:iam::aws:policy/AdministratorAccess",
                        "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role")
                .doesNotHaveDuplicates();
        policy("AdministratorAccess", READ);
        assertThat(iam.listPolicies(r -> r.scope(PolicyScopeType.LOCAL)).policies())
                .hasSize(1);
        assertThat(iam.listPolicies(r -> r.onlyAttached(true)).policies()).isEmpty();
        refused("InvalidInput", "outside your own account", () -> iam.deletePolicy(r -> r.policyArn(S3_READ)));
        refused(
                "NoSuchEntity",
                "Policy arn:aws:iam::aws:policy/None was not found.",
                () -> iam.getPolicy(r -> r.policyArn("arn:aws:iam::aws:policy/None")));
        role("r", EC2_TRUST);
        iam.attachRolePolicy(r -> r.roleName("r").policyArn(S3_READ));
        assertThat(iam.listPolicies(r -> r.onlyAttached(true)).policies())
                .extracting(Policy::arn)
                .containsExactly(S3_READ);
    }

    @Test
    void groups_and_boundaries_say_what_a_user_may_do() {
        String ann = user("ann");
        iam.createGroup(r -> r.groupName("g"));
        iam.attachGroupPolicy(r -> r.groupName("g").policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
        AwsCaller before = caller(ann);
        iam.addUserToGroup(r -> r.groupName("g").userName("ann"));
        assertThat(before.decide("s3:PutObject", "arn:aws:s3:::b/k").allowed()).isFalse();
        assertThat(caller(ann).decide("s3:PutObject", "arn:aws:s3:::b/k").allowed())
                .isTrue();
        iam.putUserPermissionsBoundary(r -> r.userName("ann").permissionsBoundary(S3_READ));
        assertThat(caller(ann).decide("s3:PutObject", "arn:aws:s3:::b/k").allowed())
                .isFalse();
        assertThat(caller(ann).decide("s3:GetObject", "arn:aws:s3:::b/k").allowed())
                .isTrue();
        iam.deleteUserPermissionsBoundary(r -> r.userName("ann"));
        refused(
                "NoSuchEntity",
                "does not have a permissions boundary",
                () -> iam.deleteUserPermissionsBoundary(r -> r.userName("ann")));
    }

    @Test
    void who_may_not_is_refused_before_they_learn_what_there_is() {
        String ann = user("ann", allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}"));
        assertThat(iam(ann).getUser(r -> r.userName("ann")).user().userName()).isEqualTo("ann");
        for (String name : List.of("nobody", "eve")) {
            refused(
                    "AccessDenied",
                    "User: " + arn("user/ann") + " is not authorized to perform: iam:GetUser on resource: \""
                            + arn("user/" + name)
                            + "\" because no identity-based policy allows the iam:GetUser action",
                    () -> iam(ann).getUser(r -> r.userName(name)));
        }
        refused("AccessDenied", "iam:ListRoles", () -> iam(ann).listRoles());
    }

    @Test
    void conditions_ask_about_tags_boundaries_and_policies() {
        String ann = user(
                "ann",
                document(
                        "{'Effect':'Allow','Action':'iam:CreateRole','Resource':'*','Condition':{'StringEquals':{'aws:RequestTag/team':'a','iam:PermissionsBoundary':'"
                                + S3_READ + "'}}}",
                        "{'Effect':'Allow','Action':'iam:AttachRolePolicy','Resource':'*','Condition':{'ArnEquals':{'iam:PolicyARN':'"
                                + S3_READ + "'}}}",
                        "{'Effect':'Allow','Action':'iam:DeleteRole','Resource':'*','Condition':{'StringEquals':{'aws:ResourceTag/team':'a'}}}"));
        refused(
                "AccessDenied",
                "iam:CreateRole",
                () -> iam(ann).createRole(r -> r.roleName("r").assumeRolePolicyDocument(EC2_TRUST)));
        iam(ann).createRole(r -> r.roleName("r")
                .assumeRolePolicyDocument(EC2_TRUST)
                .permissionsBoundary(S3_READ)
                .tags(Tag.builder().key("team").value("a").build()));
        refused(
                "AccessDenied",
                "iam:AttachRolePolicy",
                () -> iam(ann).attachRolePolicy(
                                r -> r.roleName("r").policyArn("arn:aws:iam::aws:policy/AdministratorAccess")));
        iam(ann).attachRolePolicy(r -> r.roleName("r").policyArn(S3_READ));
        iam.detachRolePolicy(r -> r.roleName("r").policyArn(S3_READ));
        iam.untagRole(r -> r.roleName("r").tagKeys("team"));
        refused("AccessDenied", "iam:DeleteRole", () -> iam(ann).deleteRole(r -> r.roleName("r")));
    }

    @Test
    void roles_are_passed_to_services_by_those_who_may() {
        role("r", EC2_TRUST);
        String ann = user(
                "ann",
                document("{'Effect':'Allow','Action':'iam:PassRole','Resource':'" + arn("role/r")
                        + "','Condition':{'StringEquals':{'iam:PassedToService':'ec2.amazonaws.com'}}}"));
        assertThat(area.passRole(caller(ann), arn("role/r"), "ec2.amazonaws.com"))
                .isEmpty();
        assertThat(area.passRole(caller(ann), arn("role/r"), "lambda.amazonaws.com")
                        .orElseThrow())
                .contains("not authorized to perform: iam:PassRole on resource: \"" + arn("role/r"));
        assertThat(area.passRole(caller(root.id()), "arn:aws:iam::" + there + ":role/r", "ec2.amazonaws.com"))
                .isPresent();
    }

    @Test
    void accounts_know_nothing_of_each_other() {
        role("r", EC2_TRUST);
        var other = iam(area.accounts().createRootKey(there).id());
        assertThat(other.listRoles().roles()).isEmpty();
        other.createRole(r -> r.roleName("r").assumeRolePolicyDocument(EC2_TRUST));
        other.deleteRole(r -> r.roleName("r"));
        assertThat(iam.listRoles().roles()).hasSize(1);
        String arn = policy("p", READ);
        refused("NoSuchEntity", "was not found", () -> other.getPolicy(r -> r.policyArn(arn)));
    }

    @Test
    void decisions_are_simulated_with_their_reasons() {
        user(
                "ann",
                document(
                        "{'Sid':'A','Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::${aws:username}/*'}",
                        "{'Effect':'Deny','Action':'s3:Delete*','Resource':'*','Condition':{'StringEquals':{'aws:RequestedRegion':'eu'}}}"));
        List<EvaluationResult> results = iam.simulatePrincipalPolicy(r -> r.policySourceArn(arn("user/ann"))
                        .actionNames("s3:GetObject", "s3:DeleteObject", "ec2:RunInstances")
                        .resourceArns("arn:aws:s3:::ann/k")
                        .contextEntries(ContextEntry.builder()
                                .contextKeyName("aws:RequestedRegion")
                                .contextKeyValues("eu")
                                .contextKeyType("string")
                                .build()))
                .evaluationResults();
        assertThat(results)
                .extracting(EvaluationResult::evalDecisionAsString)
                .containsExactly("allowed", "explicitDeny", "implicitDeny");
        var matched = results.get(0).matchedStatements().get(0);
        assertThat(matched.sourcePolicyId()).isEqualTo("user_ann_p0");
        assertThat(matched.sourcePolicyTypeAsString()).isEqualTo("user");
        assertThat(matched.startPosition().line()).isEqualTo(1);
        assertThat(matched.startPosition().column()).isEqualTo(38);
        assertThat(results.get(0).missingContextValues()).isEmpty();
        EvaluationResult custom = iam.simulateCustomPolicy(r -> r.policyInputList(
                                document(
                                        "{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'true'}}}"))
                        .actionNames("s3:GetObject"))
                .evaluationResults()
                .get(0);
        assertThat(custom.evalDecisionAsString()).isEqualTo("implicitDeny");
        assertThat(custom.missingContextValues()).containsExactly("aws:SecureTransport");
        assertThat(iam.getContextKeysForPrincipalPolicy(r -> r.policySourceArn(arn("user/ann")))
                        .contextKeyNames())
                .containsExactly("aws:RequestedRegion", "aws:username");
        refused(
                "InvalidInput",
                "ResourceHandlingOption",
                () -> iam.simulateCustomPolicy(r ->
                        r.policyInputList(READ).actionNames("s3:GetObject").resourceHandlingOption("EC2-Classic-EBS")));
    }

    /** AWS has one of this name already, which is shorter. */
    @Test
    void what_counted_is_told_where_it_stands_in_its_own_policy_whatever_others_are_called() {
        String document =
                "{\n'Version':'2012-10-17',\n'Statement':[{'Effect':'Allow','Action':'ec2:*','Resource':'*'},\n"
                                .replace('\'', '"')
                        + "  {\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}\n]}";
        user("ann");
        iam.attachUserPolicy(r -> r.userName("ann").policyArn(S3_READ));
        String own = policy("AmazonS3ReadOnlyAccess", document);
        iam.attachUserPolicy(r -> r.userName("ann").policyArn(own));
        List<EvaluationResult> results = iam.simulatePrincipalPolicy(
                        r -> r.policySourceArn(arn("user/ann")).actionNames("sqs:SendMessage", "s3:GetObject"))
                .evaluationResults();
        var mine = results.get(0).matchedStatements().get(0);
        assertThat(mine.sourcePolicyTypeAsString()).isEqualTo("user-managed");
        assertThat(mine.startPosition().line()).isEqualTo(4);
        assertThat(document.split("\n")[3].substring(
                        mine.startPosition().column() - 1, mine.endPosition().column() - 1))
                .isEqualTo("{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}");
        assertThat(results.get(1).matchedStatements())
                .extracting(each -> each.sourcePolicyTypeAsString())
                .containsOnly("aws-managed");
    }
}
