package io.slipway.iam.policy;

import java.util.List;
import java.util.Optional;

/**
 * What came out, and why.
 *
 * @param by the policies that decided it: what allows, what denies, or whose silence does
 * @param statements those that say so; none where nothing spoke
 */
public record Decision(Verdict verdict, Part by, List<Spoken> statements) {
    /** As SimulatePrincipalPolicy names them. */
    public enum Verdict {
        ALLOWED("allowed"),
        /** Nothing allows it. */
        IMPLICITLY_DENIED("implicitDeny"),
        EXPLICITLY_DENIED("explicitDeny");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Which policies. */
    public enum Part {
        IDENTITY("identity-based policy"),
        RESOURCE("resource-based policy"),
        BOUNDARY("permissions boundary"),
        SESSION("session policy"),
        GUARD("service control policy"),
        /** Who is the account itself needs no policy. */
        ROOT("root user");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        private String withArticle() {
            return (this == IDENTITY ? "an " : "a ") + words;
        }
    }

    /**
     * A statement that decided.
     *
     * @param policy where it stands; two may have one name, as those of AWS and of an account
     * @param index its place in the policy, from 0
     */
    public record Spoken(Part part, Policies.Named policy, int index, Optional<String> sid) {}

    public Decision {
        statements = List.copyOf(statements);
    }

    public boolean allowed() {
        return verdict == Verdict.ALLOWED;
    }

    /** For whoever was refused, in the words of AWS. */
    public String refusal(Request request) {
        Requester who = request.requester();
        String whoAsks = who.kind() == Requester.Kind.ANONYMOUS ? "Anonymous user" : "User: " + who.arn();
        String about = request.resource().equals("*") ? "" : " on resource: \"" + request.resource() + "\"";
        String why = verdict == Verdict.EXPLICITLY_DENIED
                ? " with an explicit deny in " + by.withArticle()
                : " because no " + by.words + " allows the " + request.action() + " action";
        return whoAsks + " is not authorized to perform: " + request.action() + about + why;
    }
}
