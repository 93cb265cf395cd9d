package io.slipway.wire.aws;

import io.slipway.wire.aws.s3.BucketHost;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts of S3: {@code s3.<domain>} and {@code s3.<region>.<domain>}, with the name of a bucket before it or without. */
public final class AwsHosts {
    private final Pattern host;

    /** @param domain {@code localhost}, for instance */
    public AwsHosts(String domain) {
        this.host = Pattern.compile("(?:(.+)\\.)?s3(?:[.-](?:dualstack\\.)?[a-z]{2}(?:-[a-z]+)+-\\d)?\\."
                + Pattern.quote(domain.toLowerCase(Locale.ROOT)));
    }

    /** Empty: it is no host of S3. */
    Optional<BucketHost> find(String name) {
        Matcher parts = host.matcher(name);
        return parts.matches() ? Optional.of(new BucketHost(Optional.ofNullable(parts.group(1)))) : Optional.empty();
    }
}
