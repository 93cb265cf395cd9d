package io.slipway.server;

import io.slipway.kit.ConfigReader;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.List;

/**
 * How the server is a piece of AWS.
 *
 * @param region that its services say they are in
 * @param session how long keys of nodes are good
 */
public record AwsSettings(String region, Duration session) {
    public static final AwsSettings USUALLY = new AwsSettings("us-east-1", Duration.ofHours(1));

    static final List<ConfigReader.Key> KEYS = List.of(
            new ConfigReader.Key(
                    "aws.region",
                    USUALLY.region(),
                    "The region that the services of AWS here say they are in, and in which clients find them.",
                    false),
            new ConfigReader.Key(
                    "aws.session.seconds",
                    String.valueOf(USUALLY.session().toSeconds()),
                    "How long the keys are good that nodes with an instance profile get; they are renewed when half of it is"
                            + " over.",
                    false));

    private static final int SHORTEST = 10;
    private static final int LONGEST = 43_200;

    static AwsSettings read(ConfigReader.Values values) {
        String region = values.text("aws.region");
        if (!region.matches("[a-z]{2,}(-[a-z]+)+-[0-9]+")) {
            throw PlatformException.invalid("aws.region must be written as us-east-1 is, not " + region + ".");
        }
        return new AwsSettings(region, Duration.ofSeconds(values.integer("aws.session.seconds", SHORTEST, LONGEST)));
    }
}
