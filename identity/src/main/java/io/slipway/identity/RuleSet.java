package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import java.util.List;
import java.util.Optional;

/**
 * Who has which role on something.
 *
 * @param etag names what is in it: whoever replaces it shows that they know
 */
public record RuleSet(Of of, List<Rule> rules, String etag) {
    public RuleSet {
        rules = List.copyOf(rules);
    }

    /** What a rule set is of, as clients name it. */
    public sealed interface Of {
        /** Empty: of all of the account. */
        Optional<PrincipalKind> kind();

        /** As clients call it. */
        String called();
    }

    /** All service principals and groups of the account. */
    public record Everything() implements Of {
        @Override
        public Optional<PrincipalKind> kind() {
            return Optional.empty();
        }

        @Override
        public String called() {
            return "the account";
        }
    }

    /** @param called its application id */
    public record OfProgram(String called) implements Of {
        @Override
        public Optional<PrincipalKind> kind() {
            return Optional.of(PrincipalKind.SERVICE_PRINCIPAL);
        }
    }

    public record OfGroup(PrincipalId id) implements Of {
        @Override
        public Optional<PrincipalKind> kind() {
            return Optional.of(PrincipalKind.GROUP);
        }

        @Override
        public String called() {
            return id.toString();
        }
    }

    /** @param name the login name of a user, the application id of a service principal, the name of a group */
    public record Rule(Role role, PrincipalKind kind, String name) {}
}
