package io.slipway.iam;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/** What requests of IAM may say, and how it refuses the rest (IAM API reference, parameters; IAM and STS quotas). */
final class Checks {
    static final int MOST_TAGS = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final int LONGEST_PATH = 512;

    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    private static final Pattern PATH = Pattern.compile("/|/[!-~]+/");
    private static final String TAG_CHARACTERS = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";
    private static final Pattern TAG_KEY = Pattern.compile(TAG_CHARACTERS + "+");
    private static final Pattern TAG_VALUE = Pattern.compile(TAG_CHARACTERS + "*");

    private Checks() {}

    static String required(@Nullable String value, String field) {
        if (value == null) {
            throw unsatisfied(field, "Member must not be null");
        }
        return value;
    }

    /** A refusal of one field. */
    static RuntimeException unsatisfied(String field, String constraint) {
        return unsatisfied(List.of(problem(field, constraint)));
    }

    static String problem(String field, String constraint) {
        return "Value at '" + field + "' failed to satisfy constraint: " + constraint;
    }

    static RuntimeException unsatisfied(List<String> problems) {
        return IamFault.validation(problems.size() + " validation error" + (problems.size() == 1 ? "" : "s")
                + " detected: " + String.join("; ", problems));
    }

    static void length(String value, String field, int least, int most) {
        if (value.length() < least) {
            throw unsatisfied(field, "Member must have length greater than or equal to " + least);
        }
        if (value.length() > most) {
            throw unsatisfied(field, "Member must have length less than or equal to " + most);
        }
    }

    static String name(@Nullable String value, EntityKind kind) {
        return name(value, kind.field(), kind.longestName());
    }

    static String name(@Nullable String value, String field, int longest) {
        String name = required(value, field);
        length(name, field, 1, longest);
        if (!NAME.matcher(name).matches()) {
            throw IamFault.validation("The specified value for " + field
                    + " is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }
        return name;
    }

    static String policyName(@Nullable String value) {
        return name(value, "policyName", EntityKind.POLICY.longestName());
    }

    static String path(@Nullable String value) {
        if (value == null) {
            return "/";
        }
        length(value, "path", 1, LONGEST_PATH);
        if (!PATH.matcher(value).matches()) {
            throw IamFault.validation(
                    "The specified value for path is invalid. It must begin and end with / and contain"
                            + " only alphanumeric characters and/or / characters.");
        }
        return value;
    }

    /** Below which things are listed. */
    static String pathPrefix(@Nullable String value) {
        String prefix = value == null ? "/" : value;
        length(prefix, "pathPrefix", 1, LONGEST_PATH);
        if (!prefix.startsWith("/")) {
            throw IamFault.validation("The specified value for pathPrefix is invalid. It must begin with / and contain"
                    + " only alphanumeric characters and/or / characters.");
        }
        return prefix;
    }

    static Optional<String> description(@Nullable String value) {
        Optional<String> text = Optional.ofNullable(value).filter(each -> !each.isEmpty());
        text.ifPresent(each -> length(each, "description", 0, 1_000));
        return text;
    }

    static Map<String, String> tags(List<Tag> tags) {
        most(tags.size(), "tags");
        Map<String, String> all = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        int number = 0;
        for (Tag each : tags) {
            number++;
            String key = required(each.key(), "tags." + number + ".member.key");
            String value = required(each.value(), "tags." + number + ".member.value");
            key(key, "tags." + number + ".member.key");
            length(value, "tags." + number + ".member.value", 0, LONGEST_VALUE);
            if (!TAG_VALUE.matcher(value).matches()) {
                throw unsatisfied(
                        "tags." + number + ".member.value",
                        "Member must satisfy regular expression pattern: " + TAG_CHARACTERS + "*");
            }
            if (!seen.add(key.toLowerCase(Locale.ROOT))) {
                throw IamFault.input("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            all.put(key, value);
        }
        return all;
    }

    static List<String> tagKeys(List<String> keys) {
        most(keys.size(), "tagKeys");
        List<String> all = new ArrayList<>();
        for (String each : keys) {
            key(each, "tagKeys");
            all.add(each.toLowerCase(Locale.ROOT));
        }
        return all;
    }

    private static void most(int size, String field) {
        if (size > MOST_TAGS) {
            throw unsatisfied(field, "Member must have length less than or equal to " + MOST_TAGS);
        }
    }

    private static void key(String key, String field) {
        length(key, field, 1, LONGEST_KEY);
        if (!TAG_KEY.matcher(key).matches()) {
            throw unsatisfied(field, "Member must satisfy regular expression pattern: " + TAG_CHARACTERS + "+");
        }
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw IamFault.input("Tag keys that begin with aws: are reserved.");
        }
    }
}
