package io.slipway.iam.policy;

import static io.slipway.iam.policy.Written.ANN;
import static io.slipway.iam.policy.Written.FEDERATED;
import static io.slipway.iam.policy.Written.HERE;
import static io.slipway.iam.policy.Written.LAMBDA;
import static io.slipway.iam.policy.Written.ROOT;
import static io.slipway.iam.policy.Written.SESSION;
import static io.slipway.iam.policy.Written.THERE;
import static io.slipway.iam.policy.Written.allow;
import static io.slipway.iam.policy.Written.allowFor;
import static io.slipway.iam.policy.Written.deny;
import static io.slipway.iam.policy.Written.get;
import static io.slipway.iam.policy.Written.mine;
import static io.slipway.iam.policy.Written.ofBucket;
import static io.slipway.iam.policy.Written.policy;
import static io.slipway.iam.policy.Written.statement;
import static io.slipway.iam.policy.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.iam.policy.Policies.Named;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what, case by case. */
class EvaluatorTest {
    private static final String GET = allow("s3:GetObject", "arn:aws:s3:::b/*");
    private static final String NO_GET = deny("s3:GetObject", "arn:aws:s3:::b/*");
    private static final String OTHER = allow("ec2:*", "*");
    private static final String USER = "{'AWS':'arn:aws:iam::111122223333:user/team/ann'}";
    private static final String ROLE = "{'AWS':'arn:aws:iam::111122223333:role/reader'}";
    private static final String ONE_SESSION = "{'AWS':'arn:aws:sts::111122223333:assumed-role/reader/job-1'}";
    private static final String GUEST = "{'AWS':'arn:aws:sts::111122223333:federated-user/guest'}";
    private static final String ACCOUNT = "{'AWS':'111122223333'}";
    private static final Named NARROW = policy(PolicyKind.MANAGED, "narrow", OTHER);
    private static final Named WIDE = policy(PolicyKind.MANAGED, "wide", allow("*", "*"));

    record Row(String what, Request request, Policies policies, String expected) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Row row(String what, Requester who, Policies policies, String expected) {
        return new Row(what, get(who), policies, expected);
    }

    private static Row fromThere(String what, Requester who, Policies policies, String expected) {
        return new Row(what, get(who).ownedBy(THERE), policies, expected);
    }

    private static Policies bucket(String... statements) {
        return Policies.NONE.withResource(ofBucket(statements));
    }

    static Stream<Row> within_one_account() {
        return Stream.of(
                row("nothing", ANN, Policies.NONE, "implicitDeny by IDENTITY"),
                row("an identity's policy", ANN, Policies.of(mine(OTHER, GET)), "allowed by IDENTITY mine[1]"),
                row("two that allow", ANN, Policies.of(mine(GET), WIDE), "allowed by IDENTITY mine[0] wide[0]"),
                row("a denial wins", ANN, Policies.of(mine(NO_GET), WIDE), "explicitDeny by IDENTITY mine[0]"),
                row("another action", ANN, Policies.of(mine(OTHER)), "implicitDeny by IDENTITY"),
                row("the bucket names the user", ANN, bucket(allowFor(USER)), "allowed by RESOURCE bucket[0]"),
                row("the bucket names everybody", ANN, bucket(allowFor("'*'")), "allowed by RESOURCE bucket[0]"),
                row(
                        "the bucket names everybody in AWS",
                        ANN,
                        bucket(allowFor("{'AWS':'*'}")),
                        "allowed by RESOURCE bucket[0]"),
                row("the bucket names another", ANN, bucket(allowFor(ROLE)), "implicitDeny by IDENTITY"),
                row("the bucket names the account", ANN, bucket(allowFor(ACCOUNT)), "implicitDeny by IDENTITY"),
                row(
                        "the bucket names the account, the identity's policy the action",
                        ANN,
                        bucket(allowFor(ACCOUNT)).withIdentity(mine(GET)),
                        "allowed by IDENTITY mine[0]"),
                row(
                        "the bucket denies everybody",
                        ANN,
                        bucket(statement("Deny", "'Principal':'*','Action':'s3:*','Resource':'*'"))
                                .withIdentity(mine(GET)),
                        "explicitDeny by RESOURCE bucket[0]"),
                row(
                        "an identity's policy denies what the bucket allows",
                        ANN,
                        bucket(allowFor(USER)).withIdentity(mine(NO_GET)),
                        "explicitDeny by IDENTITY mine[0]"),
                row("the root", ROOT, Policies.NONE, "allowed by ROOT"),
                row("the root has no boundary", ROOT, Policies.NONE.withBoundary(NARROW), "allowed by ROOT"),
                row(
                        "a denial of the bucket counts for the root",
                        ROOT,
                        bucket(statement("Deny", "'Principal':'*','Action':'s3:*','Resource':'*'")),
                        "explicitDeny by RESOURCE bucket[0]"),
                row("a role", SESSION, Policies.of(mine(GET)), "allowed by IDENTITY mine[0]"),
                row("the bucket names the role", SESSION, bucket(allowFor(ROLE)), "allowed by RESOURCE bucket[0]"),
                row(
                        "by its unique id",
                        ANN,
                        bucket(allowFor("{'AWS':'AIDAANNANNANNANNANN1'}")),
                        "allowed by RESOURCE bucket[0]"),
                row(
                        "by a stranger's unique id",
                        ANN,
                        bucket(allowFor("{'AWS':'AIDABOBBOBBOBBOBBOB1'}")),
                        "implicitDeny by IDENTITY"));
    }

    static Stream<Row> under_what_narrows() {
        return Stream.of(
                row("boundary", ANN, Policies.of(mine(GET)).withBoundary(NARROW), "implicitDeny by BOUNDARY"),
                row("wide boundary", ANN, Policies.of(mine(GET)).withBoundary(WIDE), "allowed by IDENTITY mine[0]"),
                row(
                        "a boundary allows nothing itself",
                        ANN,
                        Policies.NONE.withBoundary(WIDE),
                        "implicitDeny by IDENTITY"),
                row("session policy", SESSION, Policies.of(mine(GET)).withSession(NARROW), "implicitDeny by SESSION"),
                row(
                        "two session policies",
                        SESSION,
                        Policies.of(mine(GET)).withSession(NARROW, WIDE),
                        "allowed by IDENTITY mine[0]"),
                row(
                        "no session policy at all",
                        SESSION,
                        Policies.of(mine(GET)).withSession(),
                        "implicitDeny by SESSION"),
                row(
                        "one that denies",
                        SESSION,
                        Policies.of(mine(GET)).withSession(policy(PolicyKind.SESSION, "s", allow("*", "*"), NO_GET)),
                        "explicitDeny by SESSION s[1]"),
                row(
                        "guards, all of them",
                        ANN,
                        Policies.of(mine(GET)).withGuards(WIDE).withGuards(NARROW),
                        "implicitDeny by GUARD"),
                row(
                        "guards of one level, any",
                        ANN,
                        Policies.of(mine(GET)).withGuards(NARROW, WIDE),
                        "allowed by IDENTITY mine[0]"),
                row("guards narrow the root", ROOT, Policies.NONE.withGuards(NARROW), "implicitDeny by GUARD"),
                row(
                        "guards deny",
                        ANN,
                        Policies.of(WIDE).withGuards(policy(PolicyKind.GUARD, "g", allow("*", "*"), NO_GET)),
                        "explicitDeny by GUARD g[1]"),
                row(
                        "guards narrow what the bucket allows",
                        ANN,
                        bucket(allowFor(USER)).withGuards(NARROW),
                        "implicitDeny by GUARD"),
                // Who is named directly by the bucket is not narrowed.
                row(
                        "user and boundary",
                        ANN,
                        bucket(allowFor(USER)).withBoundary(NARROW),
                        "allowed by RESOURCE bucket[0]"),
                row(
                        "role and boundary",
                        SESSION,
                        bucket(allowFor(ROLE)).withBoundary(NARROW),
                        "implicitDeny by BOUNDARY"),
                row(
                        "role and session policy",
                        SESSION,
                        bucket(allowFor(ROLE)).withSession(NARROW),
                        "implicitDeny by SESSION"),
                row(
                        "session and boundary",
                        SESSION,
                        bucket(allowFor(ONE_SESSION)).withBoundary(NARROW).withSession(NARROW),
                        "allowed by RESOURCE bucket[0]"),
                row(
                        "everybody and boundary",
                        SESSION,
                        bucket(allowFor("'*'")).withBoundary(NARROW),
                        "allowed by RESOURCE bucket[0]"),
                row(
                        "the user of a federated session",
                        FEDERATED,
                        bucket(allowFor(USER)).withSession(NARROW),
                        "implicitDeny by SESSION"),
                row(
                        "a federated session",
                        FEDERATED,
                        bucket(allowFor(GUEST)).withSession(NARROW),
                        "allowed by RESOURCE bucket[0]"),
                row(
                        "a boundary denies whom the bucket names",
                        ANN,
                        bucket(allowFor(USER)).withBoundary(policy(PolicyKind.MANAGED, "b", NO_GET)),
                        "explicitDeny by BOUNDARY b[0]"));
    }

    static Stream<Row> across_accounts() {
        Policies both = bucket(allowFor(USER)).withIdentity(mine(GET));
        return Stream.of(
                fromThere("only the identity's policy", ANN, Policies.of(mine(GET)), "implicitDeny by RESOURCE"),
                fromThere("only the bucket", ANN, bucket(allowFor(USER)), "implicitDeny by IDENTITY"),
                fromThere("both", ANN, both, "allowed by IDENTITY mine[0] bucket[0]"),
                fromThere("both, and a boundary", ANN, both.withBoundary(NARROW), "implicitDeny by BOUNDARY"),
                fromThere(
                        "the bucket names the account",
                        ANN,
                        bucket(allowFor(ACCOUNT)).withIdentity(mine(GET)),
                        "allowed by IDENTITY mine[0] bucket[0]"),
                fromThere(
                        "the root, named with its account",
                        ROOT,
                        bucket(allowFor(ACCOUNT)),
                        "allowed by ROOT bucket[0]"),
                fromThere("the root, not named", ROOT, Policies.NONE, "implicitDeny by RESOURCE"),
                fromThere(
                        "a named session is narrowed",
                        SESSION,
                        bucket(allowFor(ONE_SESSION)).withIdentity(mine(GET)).withSession(NARROW),
                        "implicitDeny by SESSION"),
                row("nobody", Requester.ANONYMOUS, Policies.NONE, "implicitDeny by RESOURCE"),
                row(
                        "nobody, where everybody may",
                        Requester.ANONYMOUS,
                        bucket(allowFor("'*'")),
                        "allowed by RESOURCE bucket[0]"),
                row(
                        "nobody, where an account may",
                        Requester.ANONYMOUS,
                        bucket(allowFor(ACCOUNT)),
                        "implicitDeny by RESOURCE"),
                row(
                        "a service",
                        LAMBDA,
                        bucket(allowFor("{'Service':'lambda.amazonaws.com'}")),
                        "allowed by RESOURCE bucket[0]"),
                row(
                        "another service",
                        LAMBDA,
                        bucket(allowFor("{'Service':'ec2.amazonaws.com'}")),
                        "implicitDeny by RESOURCE"),
                row(
                        "by the canonical id",
                        ANN.withCanonical("ab".repeat(32)),
                        bucket(allowFor("{'CanonicalUser':'" + "ab".repeat(32) + "'}"))
                                .withIdentity(mine(GET)),
                        "allowed by IDENTITY mine[0]"));
    }

    @ParameterizedTest
    @MethodSource({"within_one_account", "under_what_narrows", "across_accounts"})
    void each_request_is_decided(Row row) {
        assertThat(told(Evaluator.decide(row.request(), row.policies()))).isEqualTo(row.expected());
    }

    private static Policies trust(String principal) {
        return Policies.NONE.withResource(policy(
                PolicyKind.TRUST,
                "trust",
                statement("Allow", "'Principal':" + principal + ",'Action':'sts:AssumeRole'")));
    }

    private static String assumed(Requester who, Policies policies) {
        return told(Evaluator.decide(
                Request.of(who, "sts:AssumeRole", "arn:aws:iam::111122223333:role/r")
                        .ownedBy(HERE),
                policies));
    }

    @Test
    void nobody_takes_a_role_that_does_not_trust_them() {
        Named may = mine(allow("sts:AssumeRole", "*"));
        assertThat(assumed(ANN, trust(ROLE).withIdentity(may))).isEqualTo("implicitDeny by RESOURCE");
        assertThat(assumed(ANN, trust(ACCOUNT))).isEqualTo("implicitDeny by IDENTITY");
        assertThat(assumed(ANN, trust(ACCOUNT).withIdentity(may))).isEqualTo("allowed by IDENTITY mine[0]");
        assertThat(assumed(ANN, trust(USER))).isEqualTo("allowed by RESOURCE trust[0]");
        assertThat(assumed(Requester.service("ec2.amazonaws.com"), trust("{'Service':'ec2.amazonaws.com'}")))
                .isEqualTo("allowed by RESOURCE trust[0]");
    }

    @Test
    void a_provider_vouches_for_those_whom_the_role_trusts_it_with() {
        String provider = "arn:aws:iam::111122223333:oidc-provider/login.example.com";
        Policies policies = Policies.NONE.withResource(policy(
                PolicyKind.TRUST,
                "trust",
                statement(
                        "Allow",
                        "'Principal':{'Federated':'" + provider + "'},'Action':'sts:AssumeRoleWithWebIdentity',"
                                + "'Condition':{'StringEquals':{'login.example.com:sub':'job'}}")));
        Request request = Request.of(
                Requester.identity(provider), "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::111122223333:role/r");
        Context job = Context.EMPTY.with("login.example.com:sub", "job");
        assertThat(Evaluator.decide(request.with(job), policies).allowed()).isTrue();
        assertThat(Evaluator.decide(request, policies).allowed()).isFalse();
        assertThat(Evaluator.decide(
                                Request.of(ANN, "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::111122223333:role/r")
                                        .with(job),
                                policies)
                        .allowed())
                .isFalse();
    }

    private static String whomItDenies(String listed) {
        Policies policies = Policies.of(WIDE)
                .withResource(ofBucket(
                        statement("Deny", "'NotPrincipal':{'AWS':[" + listed + "]},'Action':'s3:*','Resource':'*'")));
        StringBuilder denied = new StringBuilder();
        for (Requester who : java.util.List.of(ANN, SESSION, ROOT, Requester.ANONYMOUS)) {
            denied.append(
                    Evaluator.decide(get(who), policies).verdict() == Decision.Verdict.EXPLICITLY_DENIED ? "x" : "-");
        }
        return denied.toString();
    }

    @Test
    void a_denial_spares_those_who_are_listed_with_all_that_they_come_through() {
        String account = "'arn:aws:iam::111122223333:root'";
        String user = "'" + ANN.arn() + "'";
        String session = "'" + SESSION.arn() + "','arn:aws:iam::111122223333:role/reader'";
        assertThat(whomItDenies(user)).isEqualTo("xxxx");
        assertThat(whomItDenies(account)).isEqualTo("xx-x");
        assertThat(whomItDenies(user + "," + account)).isEqualTo("-x-x");
        assertThat(whomItDenies(session + "," + account)).isEqualTo("x--x");
        assertThat(whomItDenies("'*'")).isEqualTo("----");
    }

    @Test
    void an_allowance_for_all_but_some_leaves_these_out() {
        Policies policies = bucket(statement(
                "Allow", "'NotPrincipal':" + USER + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'"));
        assertThat(Evaluator.decide(get(ANN), policies).allowed()).isFalse();
        assertThat(Evaluator.decide(get(SESSION), policies).allowed()).isTrue();
    }

    @Test
    void a_refusal_says_who_and_what_and_why() {
        assertThat(Evaluator.decide(get(ANN), Policies.NONE).refusal(get(ANN)))
                .isEqualTo(
                        "User: arn:aws:iam::111122223333:user/team/ann is not authorized to perform: s3:GetObject on "
                                + "resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:GetObject action");
        Policies denied = Policies.of(mine(NO_GET));
        assertThat(Evaluator.decide(get(SESSION), denied).refusal(get(SESSION)))
                .isEqualTo(
                        "User: arn:aws:sts::111122223333:assumed-role/reader/job-1 is not authorized to perform: "
                                + "s3:GetObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in an identity-based policy");
    }

    @Test
    void the_requester_is_known_to_conditions() {
        String key = "'Condition':{'StringEquals':{'%s':'%s'}}";
        for (String[] each : new String[][] {
            {"aws:username", "ann"},
            {"aws:userid", "AIDAANNANNANNANNANN1"},
            {"AWS:PrincipalArn", ANN.arn()},
            {"aws:PrincipalAccount", "111122223333"},
            {"aws:principaltype", "User"}
        }) {
            Policies policies = Policies.of(
                    mine(statement("Allow", "'Action':'*','Resource':'*'," + key.formatted(each[0], each[1]))));
            assertThat(Evaluator.decide(get(ANN), policies).allowed())
                    .as(each[0])
                    .isTrue();
        }
        Policies session = Policies.of(mine(statement(
                "Allow", "'Action':'*','Resource':'*'," + key.formatted("aws:userid", "AROAREADERREADERREA1:job-1"))));
        assertThat(Evaluator.decide(get(SESSION), session).allowed()).isTrue();
    }

    @Test
    void a_home_folder_is_ones_own() {
        Policies policies = Policies.of(mine(allow("s3:*", "arn:aws:s3:::home/${aws:username}/*")));
        assertThat(Evaluator.decide(Request.of(ANN, "s3:PutObject", "arn:aws:s3:::home/ann/x"), policies)
                        .allowed())
                .isTrue();
        for (Request each : java.util.List.of(
                Request.of(ANN, "s3:PutObject", "arn:aws:s3:::home/bob/x"),
                Request.of(ANN, "s3:PutObject", "arn:aws:s3:::home/${aws:username}/x"),
                Request.of(SESSION, "s3:PutObject", "arn:aws:s3:::home/ann/x"),
                Request.of(SESSION, "s3:PutObject", "arn:aws:s3:::home//x"))) {
            assertThat(Evaluator.decide(each, policies).allowed()).isFalse();
        }
    }
}
