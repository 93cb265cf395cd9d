package io.slipway.iam;

import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.kit.PlatformException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;

/** What requests of STS may say, and how it refuses the rest (STS API reference, parameters). */
final class Wishes {
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
    private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final int LONGEST_POLICY = 2_048;
    private static final int MOST_POLICIES = 10;
    private static final int MOST_TAGS = 50;
    /** How large what is handed on with a session may be; AWS presses it into a token of a size that it does not tell. */
    private static final int ROOM = 4_096;

    private Wishes() {}

    static String name(@Nullable String value, String field, int least, int most) {
        if (value == null) {
            throw StsFault.absent(field);
        }
        if (value.length() < least) {
            throw StsFault.unsatisfied(field, value, "Member must have length greater than or equal to " + least);
        }
        if (value.length() > most) {
            throw StsFault.unsatisfied(field, value, "Member must have length less than or equal to " + most);
        }
        if (!NAME.matcher(value).matches()) {
            throw StsFault.unsatisfied(field, value, "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        }
        return value;
    }

    static int seconds(@Nullable Integer value, int usual, int most) {
        int seconds = value == null ? usual : value;
        if (seconds < 900) {
            throw StsFault.unsatisfied(
                    "durationSeconds", seconds, "Member must have value greater than or equal to 900");
        }
        if (seconds > most) {
            throw StsFault.unsatisfied(
                    "durationSeconds", seconds, "Member must have value less than or equal to " + most);
        }
        return seconds;
    }

    /** There are no devices of which a code could be right. */
    static void noDevice(@Nullable String serial, @Nullable String code) {
        if (serial != null || code != null) {
            throw StsFault.denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
        }
    }

    /** Empty: the session is not narrowed. */
    static Optional<SessionDetail.Narrowing> narrowing(@Nullable String policy, List<PolicyDescriptorType> named) {
        if (policy == null && named.isEmpty()) {
            return Optional.empty();
        }
        if (policy != null && policy.length() > LONGEST_POLICY) {
            throw StsFault.unsatisfied(
                    "policy", policy, "Member must have length less than or equal to " + LONGEST_POLICY);
        }
        if (named.size() > MOST_POLICIES) {
            throw StsFault.validation("The number of managed session policies is larger than " + MOST_POLICIES + ".");
        }
        if (policy != null) {
            try {
                PolicyDocument.parse(PolicyKind.SESSION, policy);
            } catch (PlatformException e) {
                throw StsFault.malformed(e.message());
            }
        }
        List<String> arns = named.stream()
                .map(each -> {
                    if (each.arn() == null) {
                        throw StsFault.absent("policyArns.member.arn");
                    }
                    return each.arn();
                })
                .toList();
        return Optional.of(new SessionDetail.Narrowing(Optional.ofNullable(policy), arns));
    }

    static Map<String, String> tags(List<Tag> tags) {
        if (tags.size() > MOST_TAGS) {
            throw StsFault.unsatisfied(
                    "tags", tags.size(), "Member must have length less than or equal to " + MOST_TAGS);
        }
        Map<String, String> all = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Tag each : tags) {
            String key = each.key();
            String value = each.value();
            if (key == null || value == null) {
                throw StsFault.absent("tags.member");
            }
            if (key.length() > 128 || !TAG_KEY.matcher(key).matches()) {
                throw StsFault.unsatisfied(
                        "tags.member.key", key, "Member must satisfy regular expression pattern: " + TAG_KEY);
            }
            if (value.length() > 256 || !TAG_VALUE.matcher(value).matches()) {
                throw StsFault.unsatisfied(
                        "tags.member.value", value, "Member must satisfy regular expression pattern: " + TAG_VALUE);
            }
            if (!seen.add(key.toLowerCase(Locale.ROOT))) {
                throw StsFault.invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            all.put(key, value);
        }
        return all;
    }

    /** How much of the room is taken, in percent. */
    static int packed(Optional<SessionDetail.Narrowing> narrowing, Map<String, String> tags) {
        int size = narrowing
                        .map(each -> each.inline().map(String::length).orElse(0)
                                + each.named().stream().mapToInt(String::length).sum())
                        .orElse(0)
                + tags.entrySet().stream()
                        .mapToInt(
                                each -> each.getKey().length() + each.getValue().length())
                        .sum();
        int percent = (size * 100 + ROOM - 1) / ROOM;
        if (percent > 100) {
            throw StsFault.packed(percent);
        }
        return percent;
    }
}
