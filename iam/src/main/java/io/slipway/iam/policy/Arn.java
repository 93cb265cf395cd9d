package io.slipway.iam.policy;

import java.util.Optional;

/**
 * The name of a thing in AWS.
 *
 * @param resource all behind the fifth colon; may have colons itself
 */
public record Arn(String partition, String service, String region, String account, String resource) {
    static final int PARTS = 6;

    /** Empty unless it is one. */
    public static Optional<Arn> of(String text) {
        String[] parts = text.split(":", PARTS);
        return parts.length == PARTS && parts[0].equals("arn")
                ? Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]))
                : Optional.empty();
    }

    /** Whose it is, if its name says so: that of a bucket does not. */
    public Optional<AccountId> owner() {
        return AccountId.valid(account) ? Optional.of(new AccountId(account)) : Optional.empty();
    }

    boolean rootOfAccount() {
        return service.equals("iam") && resource.equals("root");
    }

    @Override
    public String toString() {
        return String.join(":", "arn", partition, service, region, account, resource);
    }
}
