package io.slipway.server;

import io.slipway.kit.ConfigReader;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the server is a piece of AWS.
 *
 * @param region that its services say they are in
 * @param session how long keys of nodes are good
 * @param accounts names of those beside the first
 */
public record AwsSettings(String region, Duration session, List<String> accounts) {
    public static final AwsSettings USUALLY = new AwsSettings("us-east-1", Duration.ofHours(1), List.of());

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
                    false),
            new ConfigReader.Key(
                    "aws.accounts",
                    "",
                    "Names of AWS accounts beside the first, with commas between them; one that is not there is made at the"
                            + " start. The root key of dev is in aws-dev.key of the home.",
                    false));

    private static final int SHORTEST = 10;
    private static final int LONGEST = 43_200;

    public AwsSettings {
        accounts = List.copyOf(accounts);
    }

    static AwsSettings read(ConfigReader.Values values) {
        String region = values.text("aws.region");
        if (!region.matches("[a-z]{2,}(-[a-z]+)+-[0-9]+")) {
            throw PlatformException.invalid("aws.region must be written as us-east-1 is, not " + region + ".");
        }
        List<String> accounts = Stream.of(values.text("aws.accounts").split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
        for (String each : accounts) {
            if (!each.matches("[a-z][a-z0-9-]{0,39}") || each.equals("main")) {
                throw PlatformException.invalid("aws.accounts has names of small letters, digits and hyphens, a letter"
                        + " first, 40 at most, and not main, which is the first account's; not " + each + ".");
            }
        }
        return new AwsSettings(
                region, Duration.ofSeconds(values.integer("aws.session.seconds", SHORTEST, LONGEST)), accounts);
    }
}
