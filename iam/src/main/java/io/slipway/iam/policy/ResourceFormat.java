package io.slipway.iam.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How resources are written, with the sentences of IAM for those that are not so. */
final class ResourceFormat {
    private static final Set<String> PARTITIONS =
            Set.of("*", "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc");
    private static final List<String> OF_IAM = List.of(
            "user/",
            "federated-user/",
            "role/",
            "group/",
            "instance-profile/",
            "mfa/",
            "server-certificate/",
            "policy/",
            "sms-mfa/",
            "saml-provider/",
            "oidc-provider/",
            "report/",
            "access-report/");
    /** Services whose things are in no region; what may have one all the same begins so. */
    private static final Map<String, String> WITHOUT_REGION = Map.of("s3", "accesspoint/");

    private ResourceFormat() {}

    /** A sentence on the first that is written wrongly. IAM looks at them in the order of the alphabet, backwards. */
    static Optional<String> wrong(List<String> resources) {
        Optional<String> last = Optional.empty();
        for (String each : resources.stream().sorted(Comparator.reverseOrder()).toList()) {
            Optional<String> wrong = wrong(each);
            last = wrong.isPresent() ? wrong : last;
        }
        return last;
    }

    private static Optional<String> wrong(String resource) {
        if (resource.equals("*")) {
            return Optional.empty();
        }
        String[] parts = resource.split(":", Arn.PARTS);
        if (parts.length == 1) {
            return Optional.of("Resource " + resource + " must be in ARN format or \"*\".");
        }
        if (!PARTITIONS.contains(parts[1])) {
            return Optional.of("Partition \"" + parts[1] + "\" is not valid for resource \"" + filled(parts) + "\".");
        }
        if (parts.length == 2) {
            return Optional.of("Resource vendor must be fully qualified and cannot contain regexes.");
        }
        String region = part(parts, 3);
        String thing = part(parts, 5);
        if (parts[2].equals("iam")) {
            if (!region.isEmpty()) {
                return Optional.of("IAM resource " + resource + " cannot contain region information.");
            }
            if (!thing.equals("*") && OF_IAM.stream().noneMatch(thing::startsWith)) {
                return Optional.of(
                        "IAM resource path must either be \"*\" or start with " + String.join(", ", OF_IAM) + ".");
            }
        }
        if (!region.isEmpty()
                && WITHOUT_REGION.containsKey(parts[2])
                && !thing.startsWith(WITHOUT_REGION.getOrDefault(parts[2], ""))) {
            return Optional.of("Resource " + resource + " can not contain region information.");
        }
        return Optional.empty();
    }

    private static String part(String[] parts, int at) {
        return at < parts.length ? parts[at] : "";
    }

    /** What is missing may be anything. */
    private static String filled(String[] parts) {
        StringBuilder arn = new StringBuilder("arn:").append(parts[1]);
        for (int i = 2; i < Arn.PARTS; i++) {
            boolean missing = i >= parts.length || (i == 2 && parts.length == 3 && parts[i].isEmpty());
            arn.append(':').append(missing ? "*" : parts[i]);
        }
        return arn.toString();
    }

    /** An older reader of IAM's that comes first refuses these without saying more. */
    static void checkLegacy(List<String> resources) {
        for (String each : resources) {
            long colons = each.chars().filter(c -> c == ':').count();
            boolean cut = each.contains("::") && colons < Arn.PARTS - 1;
            if (!each.equals("*") && (cut || part(each.split(":", Arn.PARTS), 2).isEmpty())) {
                throw Malformed.legacy("not the name of a resource: " + Malformed.shortened(each));
            }
        }
    }
}
