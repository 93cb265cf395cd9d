package io.slipway.iam.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a statement of a resource's policy is about.
 *
 * @param everybody {@code "*"} in place of the object
 * @param negated {@code NotPrincipal}
 */
record Principals(boolean everybody, boolean negated, Map<Type, List<String>> names) {
    /** What a name is of. */
    enum Type {
        AWS("AWS"),
        SERVICE("Service"),
        FEDERATED("Federated"),
        CANONICAL_USER("CanonicalUser");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<Type> of(String word) {
            for (Type each : values()) {
                if (each.word.equals(word)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * How somebody was meant. Within one account that decides what else has to allow it (IAM, policy evaluation logic: within a single
     * account).
     */
    enum Meant {
        NOT,
        /** With their whole account: what the account's own policies say is still needed. */
        BY_ACCOUNT,
        /** As a role, or as the user behind a federated session: boundaries and policies of the session still limit it. */
        BY_ROLE,
        /** As a user, as one session, as a service, or with everybody: nothing else has to allow it. */
        DIRECTLY;

        Meant or(Meant other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    Principals {
        Map<Type, List<String>> kept = new EnumMap<>(Type.class);
        names.forEach((type, all) -> kept.put(type, List.copyOf(all)));
        names = Map.copyOf(kept);
    }

    Meant meant(Requester who, Effect effect) {
        if (!negated) {
            return listed(who);
        }
        boolean spared = effect == Effect.DENY ? spared(who) : listed(who) != Meant.NOT;
        return spared ? Meant.NOT : Meant.DIRECTLY;
    }

    private Meant listed(Requester who) {
        if (everybody) {
            return Meant.DIRECTLY;
        }
        Meant best = Meant.NOT;
        for (Map.Entry<Type, List<String>> each : names.entrySet()) {
            for (String name : each.getValue()) {
                best = best.or(meant(who, each.getKey(), name));
            }
        }
        return best;
    }

    private static Meant meant(Requester who, Type type, String name) {
        return switch (type) {
            case AWS -> aws(who, name);
            case SERVICE ->
                who.kind() == Requester.Kind.SERVICE && who.arn().equals(name.toLowerCase(Locale.ROOT))
                        ? Meant.DIRECTLY
                        : Meant.NOT;
            case FEDERATED ->
                who.kind() == Requester.Kind.FEDERATED_IDENTITY && who.arn().equals(name) ? Meant.DIRECTLY : Meant.NOT;
            case CANONICAL_USER -> who.canonical().filter(name::equals).isPresent() ? Meant.BY_ACCOUNT : Meant.NOT;
        };
    }

    private static Meant aws(Requester who, String name) {
        if (who.kind() == Requester.Kind.FEDERATED_IDENTITY || who.kind() == Requester.Kind.SERVICE) {
            return name.equals("*") && who.kind() == Requester.Kind.SERVICE ? Meant.DIRECTLY : Meant.NOT;
        }
        if (name.equals("*") || who.arn().equals(name)) {
            return Meant.DIRECTLY;
        }
        if (who.issuer().filter(name::equals).isPresent()) {
            return Meant.BY_ROLE;
        }
        if (who.uniqueId().filter(name::equals).isPresent()) {
            return who.kind() == Requester.Kind.USER ? Meant.DIRECTLY : Meant.BY_ROLE;
        }
        return accountOf(name).filter(who::in).isPresent() ? Meant.BY_ACCOUNT : Meant.NOT;
    }

    /** Of a name that means a whole account. */
    static Optional<String> accountOf(String name) {
        return AccountId.valid(name)
                ? Optional.of(name)
                : Arn.of(name).filter(Arn::rootOfAccount).map(Arn::account);
    }

    /**
     * Somebody is spared from a denial only if they are named, and what they come through too: the account, and the role of a session
     * (IAM, policy elements: NotPrincipal).
     */
    private boolean spared(Requester who) {
        if (everybody) {
            return true;
        }
        List<String> aws = names.getOrDefault(Type.AWS, List.of());
        if (aws.contains("*")) {
            return true;
        }
        return switch (who.kind()) {
            case ANONYMOUS -> false;
            case ROOT -> account(aws, who);
            case USER -> account(aws, who) && named(aws, who);
            case ROLE_SESSION ->
                account(aws, who)
                        && aws.contains(who.arn())
                        && who.issuer().filter(aws::contains).isPresent();
            case FEDERATED_USER -> account(aws, who) && aws.contains(who.arn());
            case SERVICE, FEDERATED_IDENTITY -> listed(who) != Meant.NOT;
        };
    }

    private static boolean account(List<String> aws, Requester who) {
        return aws.stream().anyMatch(name -> accountOf(name).filter(who::in).isPresent());
    }

    private static boolean named(List<String> aws, Requester who) {
        return aws.contains(who.arn()) || who.uniqueId().filter(aws::contains).isPresent();
    }
}
