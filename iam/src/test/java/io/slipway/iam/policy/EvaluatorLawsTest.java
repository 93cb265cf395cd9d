package io.slipway.iam.policy;

import static io.slipway.iam.policy.Written.HERE;
import static io.slipway.iam.policy.Written.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.iam.policy.Decision.Verdict;
import io.slipway.iam.policy.Policies.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for all policies and requests, tried with many that are drawn. */
class EvaluatorLawsTest {
    private static final int DRAWN = 5_000;
    private static final List<Requester> EVERYBODY =
            List.of(Written.ANN, Written.SESSION, Written.FEDERATED, Written.ROOT, Written.LAMBDA, Requester.ANONYMOUS);
    private static final List<String> ACTIONS = List.of("s3:GetObject", "s3:PutObject", "iam:PassRole", "ec2:Run");
    private static final List<String> RESOURCES =
            List.of("arn:aws:s3:::b/k", "arn:aws:s3:::b/x/y", "arn:aws:iam::111122223333:role/r", "*");

    private final Random random = new Random(42);

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String statement(boolean principals, String effect) {
        String action = one(List.of("*", "s3:*", "s3:Get*", "s3:GetObject", "S3:PUTOBJECT", "iam:Pass?ole", "ec2:*"));
        String resource = one(List.of(
                "*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/k", "arn:aws:iam::*:role/*", "arn:aws:s3:::${aws:username}"));
        String condition = one(List.of(
                "",
                "",
                ",'Condition':{'StringEquals':{'aws:username':'ann'}}",
                ",'Condition':{'StringNotEquals':{'t':['a','b']}}",
                ",'Condition':{'ForAllValues:StringLike':{'t':['a*']}}",
                ",'Condition':{'Null':{'t':'true'}}"));
        String principal = one(List.of(
                "'*'",
                "{'AWS':'111122223333'}",
                "{'AWS':'arn:aws:iam::111122223333:user/team/ann'}",
                "{'AWS':'arn:aws:iam::111122223333:role/reader'}",
                "{'AWS':'arn:aws:sts::111122223333:assumed-role/reader/job-1'}",
                "{'Service':'lambda.amazonaws.com'}"));
        String who =
                principals ? one(List.of("'Principal':", "'Principal':", "'NotPrincipal':")) + principal + "," : "";
        return Written.statement(
                effect,
                who + one(List.of("'Action':", "'Action':", "'NotAction':")) + "'" + action + "',"
                        + one(List.of("'Resource':", "'Resource':", "'NotResource':")) + "'" + resource + "'"
                        + condition);
    }

    private Named policy(PolicyKind kind, String... effects) {
        List<String> statements = new ArrayList<>();
        for (String effect : effects) {
            statements.add(statement(kind == PolicyKind.RESOURCE, effect));
        }
        return Written.policy(kind, kind.name(), statements.toArray(String[]::new));
    }

    private String effect() {
        return one(List.of("Allow", "Allow", "Allow", "Deny"));
    }

    private Policies policies() {
        Policies drawn = Policies.NONE;
        for (int i = random.nextInt(3); i > 0; i--) {
            drawn = drawn.withIdentity(policy(PolicyKind.ROLE_INLINE, effect(), effect()));
        }
        if (random.nextInt(3) == 0) {
            drawn = drawn.withBoundary(policy(PolicyKind.MANAGED, "Allow", effect()));
        }
        if (random.nextInt(3) == 0) {
            drawn = drawn.withSession(policy(PolicyKind.SESSION, "Allow", effect()));
        }
        if (random.nextInt(3) == 0) {
            drawn = drawn.withGuards(policy(PolicyKind.GUARD, "Allow", effect()));
        }
        if (random.nextInt(2) == 0) {
            drawn = drawn.withResource(policy(PolicyKind.RESOURCE, effect(), effect()));
        }
        return drawn;
    }

    private Request request() {
        Context context = random.nextBoolean() ? Context.EMPTY : Context.EMPTY.with("t", one(List.of("a", "b", "c")));
        return new Request(
                one(EVERYBODY),
                one(ACTIONS),
                one(RESOURCES),
                Optional.of(random.nextInt(4) == 0 ? THERE : HERE),
                context);
    }

    @Test
    void what_is_denied_once_is_denied_whatever_else_allows_it() {
        Named all = Written.policy(PolicyKind.MANAGED, "all", Written.allow("*", "*"));
        Named none = Written.policy(PolicyKind.MANAGED, "none", Written.deny("*", "*"));
        for (int i = 0; i < DRAWN; i++) {
            Request request = request();
            Policies drawn = policies();
            if (request.requester().hasOwnPolicies()) {
                assertThat(Evaluator.decide(request, drawn.withIdentity(none)).verdict())
                        .isEqualTo(Verdict.EXPLICITLY_DENIED);
                assertThat(Evaluator.decide(request, drawn.withBoundary(none)).verdict())
                        .isEqualTo(Verdict.EXPLICITLY_DENIED);
            }
            if (Evaluator.decide(request, drawn).verdict() == Verdict.EXPLICITLY_DENIED) {
                assertThat(Evaluator.decide(request, drawn.withIdentity(all)).verdict())
                        .isEqualTo(Verdict.EXPLICITLY_DENIED);
            }
        }
    }

    @Test
    void one_more_allowance_takes_nothing_away_and_one_more_denial_gives_nothing() {
        for (int i = 0; i < DRAWN; i++) {
            Request request = request();
            Policies drawn = policies();
            boolean before = Evaluator.decide(request, drawn).allowed();
            if (before) {
                assertThat(Evaluator.decide(request, drawn.withIdentity(policy(PolicyKind.ROLE_INLINE, "Allow")))
                                .allowed())
                        .isTrue();
            } else {
                assertThat(Evaluator.decide(request, drawn.withIdentity(policy(PolicyKind.ROLE_INLINE, "Deny")))
                                .allowed())
                        .isFalse();
            }
        }
    }

    @Test
    void whatever_narrows_never_widens() {
        for (int i = 0; i < DRAWN; i++) {
            Request request = request();
            Policies drawn = policies();
            if (!Evaluator.decide(request, drawn).allowed()) {
                assertThat(Evaluator.decide(request, drawn.withGuards(policy(PolicyKind.GUARD, effect())))
                                .allowed())
                        .isFalse();
                if (drawn.boundary().isEmpty()) {
                    assertThat(Evaluator.decide(request, drawn.withBoundary(policy(PolicyKind.MANAGED, effect())))
                                    .allowed())
                            .isFalse();
                }
                if (drawn.session().isEmpty()) {
                    assertThat(Evaluator.decide(request, drawn.withSession(policy(PolicyKind.SESSION, effect())))
                                    .allowed())
                            .isFalse();
                }
            }
        }
    }

    @Test
    void whoever_has_nothing_may_do_nothing() {
        for (int i = 0; i < DRAWN; i++) {
            Request request = request();
            if (request.requester().kind() != Requester.Kind.ROOT) {
                assertThat(Evaluator.decide(request, Policies.NONE).verdict()).isEqualTo(Verdict.IMPLICITLY_DENIED);
            }
        }
    }

    @Test
    void the_opposite_of_actions_and_of_resources_is_just_that() {
        for (int i = 0; i < DRAWN; i++) {
            String drawn = statement(false, "Allow").replaceAll("\\$\\{[^}]*}", "v");
            Request request = request();
            for (String element : List.of("Action", "Resource")) {
                String plain = drawn.replace("'Not" + element + "'", "'" + element + "'");
                String not = plain.replace("'" + element + "'", "'Not" + element + "'");
                boolean one = about(plain, request);
                boolean other = about(not, request);
                boolean rest = one || other;
                assertThat(one && other).as(plain).isFalse();
                // Where what is left of the statement speaks about the request, one of both does.
                String open = plain.replaceAll("'" + element + "':'[^']*'", "'" + element + "':'*'");
                assertThat(rest).as(plain).isEqualTo(about(open, request));
            }
        }
    }

    private static boolean about(String statement, Request request) {
        return Written.mine(statement).document().statements().get(0).about(request, request.foldedAction());
    }

    @Test
    void the_case_of_an_action_does_not_matter() {
        for (int i = 0; i < DRAWN; i++) {
            Request request = request();
            Policies drawn = policies();
            Request shouted = new Request(
                    request.requester(),
                    request.action().toUpperCase(java.util.Locale.ROOT),
                    request.resource(),
                    request.owner(),
                    request.context());
            assertThat(Evaluator.decide(shouted, drawn)).isEqualTo(Evaluator.decide(request, drawn));
        }
    }
}
