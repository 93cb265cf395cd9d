package io.slipway.iam.policy;

import io.slipway.iam.policy.Policies.Named;
import java.util.List;

/** Policies for tests, written short: single quotes stand for double ones. */
final class Written {
    static final AccountId HERE = new AccountId("111122223333");
    static final AccountId THERE = new AccountId("444455556666");
    static final Requester ANN =
            Requester.user(HERE, "arn:aws:iam::111122223333:user/team/ann", "AIDAANNANNANNANNANN1");
    static final Requester SESSION = Requester.session(
            HERE,
            "arn:aws:sts::111122223333:assumed-role/reader/job-1",
            "arn:aws:iam::111122223333:role/reader",
            "AROAREADERREADERREA1");
    static final Requester FEDERATED =
            Requester.federated(HERE, "arn:aws:sts::111122223333:federated-user/guest", ANN.arn());
    static final Requester ROOT = Requester.root(HERE);
    static final Requester LAMBDA = Requester.service("lambda.amazonaws.com");

    private Written() {}

    static String quoted(String text) {
        return text.replace('\'', '"');
    }

    static PolicyDocument document(PolicyKind kind, String... statements) {
        return PolicyDocument.parse(
                kind, quoted("{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}"));
    }

    static Named policy(PolicyKind kind, String name, String... statements) {
        return new Named(name, document(kind, statements));
    }

    /** Of an identity. */
    static Named mine(String... statements) {
        return policy(PolicyKind.ROLE_INLINE, "mine", statements);
    }

    static Named ofBucket(String... statements) {
        return policy(PolicyKind.RESOURCE, "bucket", statements);
    }

    static String allow(String action, String resource) {
        return statement("Allow", "'Action':'" + action + "','Resource':'" + resource + "'");
    }

    static String deny(String action, String resource) {
        return statement("Deny", "'Action':'" + action + "','Resource':'" + resource + "'");
    }

    static String statement(String effect, String rest) {
        return "{'Effect':'" + effect + "'," + rest + "}";
    }

    /** Lets principals get any object; principals as they are written. */
    static String allowFor(String principal) {
        return statement(
                "Allow", "'Principal':" + principal + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'");
    }

    static Request get(Requester who) {
        return Request.of(who, "s3:GetObject", "arn:aws:s3:::b/k");
    }

    static String told(Decision decision) {
        List<String> parts = decision.statements().stream()
                .map(each -> each.policy().name() + "[" + each.index() + "]")
                .toList();
        return decision.verdict().word() + " by " + decision.by()
                + (parts.isEmpty() ? "" : " " + String.join(" ", parts));
    }
}
