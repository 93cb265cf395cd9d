package io.slipway.iam.policy;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Who asks.
 *
 * @param arn by which policies name them; the name of a service ({@code lambda.amazonaws.com}); the provider that vouches for a
 *     federated identity
 * @param account empty: nobody's, or a service's
 * @param issuer the role of a session, the user behind a federated one
 * @param uniqueId of the user or role: {@code AIDA...}, {@code AROA...}
 * @param canonical by which S3 knows the account
 */
public record Requester(
        Kind kind,
        String arn,
        Optional<AccountId> account,
        Optional<String> issuer,
        Optional<String> uniqueId,
        Optional<String> canonical) {
    public static final Requester ANONYMOUS =
            new Requester(Kind.ANONYMOUS, "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** What somebody is. */
    public enum Kind {
        /** Has not signed. */
        ANONYMOUS("Anonymous"),
        /** The account itself. */
        ROOT("Account"),
        USER("User"),
        ROLE_SESSION("AssumedRole"),
        FEDERATED_USER("FederatedUser"),
        /** AWS's own, for instance Lambda when it takes a role. */
        SERVICE("Service"),
        /** Somebody for whom a provider vouches, who wants to take a role. */
        FEDERATED_IDENTITY("Federated");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    public static Requester root(AccountId account) {
        return new Requester(
                Kind.ROOT,
                account.root().toString(),
                Optional.of(account),
                Optional.empty(),
                Optional.of(account.digits()),
                Optional.empty());
    }

    public static Requester user(AccountId account, String arn, String uniqueId) {
        return new Requester(
                Kind.USER, arn, Optional.of(account), Optional.empty(), Optional.of(uniqueId), Optional.empty());
    }

    /**
     * @param arn {@code arn:aws:sts::<account>:assumed-role/<role>/<session>}
     * @param role its name, with its path
     */
    public static Requester session(AccountId account, String arn, String role, String uniqueId) {
        return new Requester(
                Kind.ROLE_SESSION,
                arn,
                Optional.of(account),
                Optional.of(role),
                Optional.of(uniqueId),
                Optional.empty());
    }

    /** @param user who asked for the session; the account's root may have */
    public static Requester federated(AccountId account, String arn, String user) {
        return new Requester(
                Kind.FEDERATED_USER, arn, Optional.of(account), Optional.of(user), Optional.empty(), Optional.empty());
    }

    public static Requester service(String name) {
        return new Requester(
                Kind.SERVICE, name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Requester identity(String provider) {
        return new Requester(
                Kind.FEDERATED_IDENTITY,
                provider,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Requester withCanonical(String id) {
        return new Requester(kind, arn, account, issuer, uniqueId, Optional.of(id));
    }

    boolean in(String digits) {
        return account.filter(mine -> mine.digits().equals(digits)).isPresent();
    }

    /** Whether policies of their account speak about them. */
    boolean hasOwnPolicies() {
        return account.isPresent();
    }

    /** Tells what conditions may ask about them (IAM, global condition context keys), by names in small letters. */
    void describe(BiConsumer<String, String> key) {
        key.accept("aws:principaltype", kind.word);
        if (account.isPresent()) {
            // Sessions of a role are asked for by the role.
            key.accept("aws:principalarn", kind == Kind.ROLE_SESSION ? issuer.orElse(arn) : arn);
            key.accept("aws:principalaccount", account.get().digits());
        }
        if (kind == Kind.USER) {
            key.accept("aws:username", lastName());
        }
        if (uniqueId.isPresent()) {
            key.accept("aws:userid", kind == Kind.ROLE_SESSION ? uniqueId.get() + ":" + lastName() : uniqueId.get());
        }
        if (kind == Kind.SERVICE) {
            key.accept("aws:principalisawsservice", "true");
            key.accept("aws:principalservicename", arn);
            key.accept("aws:principalservicenameslist", arn);
        } else if (kind != Kind.ANONYMOUS) {
            key.accept("aws:principalisawsservice", "false");
        }
    }

    private String lastName() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
