package io.slipway.object.bucket;

import io.slipway.kit.Ids;
import io.slipway.object.fault.S3Fault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** How rules of a lifecycle are written; what we cannot do is refused by name. */
final class LifecycleForm {
    private static final int MOST = 1000;
    private static final int LONGEST_ID = 255;
    private static final int FIRST_TO_COLD = 30;
    private static final Set<String> COLD = Set.of("STANDARD_IA", "ONEZONE_IA");
    private static final Set<String> KNOWN = Set.of("STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR");

    private LifecycleForm() {}

    /** With an id for each. */
    static BucketLifecycleConfiguration checked(@Nullable BucketLifecycleConfiguration asked, Ids ids) {
        if (asked == null || asked.rules().isEmpty() || asked.rules().size() > MOST) {
            throw S3Fault.malformed();
        }
        Set<String> seen = new HashSet<>();
        List<LifecycleRule> rules = new ArrayList<>();
        for (LifecycleRule rule : asked.rules()) {
            check(rule);
            LifecycleRule named = rule.id() == null || rule.id().isEmpty()
                    ? rule.toBuilder().id(ids.text(48)).build()
                    : rule;
            if (named.id().length() > LONGEST_ID) {
                throw invalid("ID length should not exceed allowed limit of " + LONGEST_ID, "ID", named.id());
            }
            if (!seen.add(named.id())) {
                throw invalid("Rule ID must be unique. Found same ID for more than one rule", "ID", named.id());
            }
            rules.add(named);
        }
        return asked.toBuilder().rules(rules).build();
    }

    private static S3Exception invalid(String message, String argument, Object value) {
        return S3Fault.invalidArgument(message, argument, value);
    }

    private static void check(LifecycleRule rule) {
        if (rule.status() == null || rule.status() == ExpirationStatus.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.malformed();
        }
        if (rule.filter() == null && legacyPrefix(rule) == null) {
            throw S3Fault.malformed();
        }
        if (rule.filter() != null) {
            check(rule.filter());
        }
        boolean acts = rule.expiration() != null
                || rule.noncurrentVersionExpiration() != null
                || rule.abortIncompleteMultipartUpload() != null
                || !rule.transitions().isEmpty()
                || !rule.noncurrentVersionTransitions().isEmpty();
        if (!acts) {
            throw S3Fault.invalidRequest("At least one action needs to be specified in a rule");
        }
        Optional.ofNullable(rule.expiration()).ifPresent(each -> check(each, tagged(rule)));
        if (rule.noncurrentVersionExpiration() != null) {
            positive("NoncurrentDays", rule.noncurrentVersionExpiration().noncurrentDays());
        }
        if (rule.abortIncompleteMultipartUpload() != null) {
            positive(
                    "DaysAfterInitiation", rule.abortIncompleteMultipartUpload().daysAfterInitiation());
            if (tagged(rule)) {
                throw S3Fault.invalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags.");
            }
        }
        rule.transitions().forEach(each -> {
            if ((each.days() == null) == (each.date() == null)) {
                throw S3Fault.malformed();
            }
            checkDate(each.date());
            checkClass(each.storageClassAsString(), each.days());
        });
        rule.noncurrentVersionTransitions()
                .forEach(each -> checkClass(each.storageClassAsString(), each.noncurrentDays()));
    }

    @SuppressWarnings("deprecation") // Rules of an older form are still sent.
    private static @Nullable String legacyPrefix(LifecycleRule rule) {
        return rule.prefix();
    }

    private static void check(LifecycleRuleFilter filter) {
        long said = Stream.of(
                        filter.prefix(),
                        filter.tag(),
                        filter.and(),
                        filter.objectSizeGreaterThan(),
                        filter.objectSizeLessThan())
                .filter(each -> each != null)
                .count();
        if (said > 1) {
            throw S3Fault.malformed();
        }
        List<Tag> tags = new ArrayList<>();
        if (filter.tag() != null) {
            tags.add(filter.tag());
        }
        if (filter.and() != null) {
            tags.addAll(filter.and().tags());
        }
        if (tags.stream().anyMatch(tag -> tag.key() == null || tag.value() == null)) {
            throw S3Fault.malformed();
        }
        if (tags.stream().map(Tag::key).distinct().count() < tags.size()) {
            throw S3Fault.invalidRequest("Duplicate Tag Keys are not allowed.");
        }
    }

    private static boolean tagged(LifecycleRule rule) {
        return rule.filter() != null
                && (rule.filter().tag() != null
                        || (rule.filter().and() != null
                                && !rule.filter().and().tags().isEmpty()));
    }

    private static void check(LifecycleExpiration expiration, boolean tagged) {
        long said = Stream.of(expiration.days(), expiration.date(), expiration.expiredObjectDeleteMarker())
                .filter(each -> each != null)
                .count();
        if (said != 1) {
            throw S3Fault.malformed();
        }
        if (expiration.days() != null) {
            positive("Days", expiration.days());
        }
        checkDate(expiration.date());
        if (expiration.expiredObjectDeleteMarker() != null && tagged) {
            throw S3Fault.invalidRequest("Tag-based filter cannot be specified with ExpiredObjectDeleteMarker.");
        }
    }

    private static void positive(String name, @Nullable Integer days) {
        if (days == null) {
            throw S3Fault.malformed();
        }
        if (days < 1) {
            throw invalid("'" + name + "' for Expiration action must be a positive integer", name, days);
        }
    }

    private static void checkDate(@Nullable Instant date) {
        if (date != null && !date.equals(date.truncatedTo(ChronoUnit.DAYS))) {
            throw invalid("'Date' must be at midnight GMT", "Date", date);
        }
    }

    private static void checkClass(@Nullable String storageClass, @Nullable Integer days) {
        if (storageClass == null) {
            throw S3Fault.malformed();
        }
        if (storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE")) {
            throw S3Fault.notOffered(
                    "Objects cannot be brought back from " + storageClass + " here, so no rule moves them there.");
        }
        if (!KNOWN.contains(storageClass)) {
            throw S3Fault.malformed();
        }
        if (days != null && days < (COLD.contains(storageClass) ? FIRST_TO_COLD : 0)) {
            throw invalid(
                    "'Days' in Transition action must be greater than or equal to " + FIRST_TO_COLD
                            + " for storageClass '" + storageClass + "'",
                    "Days",
                    days);
        }
    }
}
