package io.slipway.wire.ui.aws;

import io.slipway.identity.Caller;
import java.time.Duration;
import java.util.List;

/** As whom people may act at AWS. */
public interface AwsIdentities {
    /** What names the account itself. */
    String ROOT = "root";

    /** All that somebody may act as in their workspace, the account itself first. */
    List<Identity> of(Caller caller);

    /**
     * New keys. Throws if the caller may not act as that, or nobody can.
     *
     * @param as {@link #ROOT}, or the ARN of an instance profile
     */
    Keys keys(Caller caller, String as, Duration lasting);

    /**
     * @param as what keys are asked for by
     * @param name for people
     */
    record Identity(String as, String name, String arn, String accountId) {}

    /**
     * @param expiration as in {@code 2026-11-28T10:00:00Z}
     * @param arn of whoever uses the keys, as STS tells it
     */
    record Keys(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            String expiration,
            String accountId,
            String region,
            String arn) {
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }
}
