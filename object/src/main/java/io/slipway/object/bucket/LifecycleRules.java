package io.slipway.object.bucket;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.Tag;

/** Rules by which what is in a bucket goes as it grows old, and what they mean. Pure: what time it is stands in each question. */
public final class LifecycleRules {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String GMT = "GMT";
    private static final long SMALLEST_TO_MOVE = 128 << 10;

    private final List<LifecycleRule> rules;

    private LifecycleRules(List<LifecycleRule> rules) {
        this.rules = rules.stream()
                .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
                .toList();
    }

    public static Optional<LifecycleRules> of(Bucket bucket) {
        return bucket.setting(Setting.LIFECYCLE)
                .map(text -> new LifecycleRules(Documents.read(text, BucketLifecycleConfiguration.builder())
                        .build()
                        .rules()));
    }

    /** What filters ask about. */
    public record Thing(String key, long size, Map<String, String> tags) {}

    /** When something happens, and by which rule. */
    public record When(long at, String rule) {}

    private static boolean about(LifecycleRule rule, Thing thing) {
        LifecycleRuleFilter filter = rule.filter();
        if (filter == null) {
            return thing.key().startsWith(prefix(rule));
        }
        Stream<Tag> tags = Stream.concat(
                Stream.ofNullable(filter.tag()), filter.and() == null ? Stream.empty() : filter.and().tags().stream());
        Long greater = first(
                filter.objectSizeGreaterThan(),
                filter.and() == null ? null : filter.and().objectSizeGreaterThan());
        Long less = first(
                filter.objectSizeLessThan(),
                filter.and() == null ? null : filter.and().objectSizeLessThan());
        return thing.key().startsWith(prefix(rule))
                && (greater == null || thing.size() > greater)
                && (less == null || thing.size() < less)
                && tags.allMatch(tag -> tag.value().equals(thing.tags().get(tag.key())));
    }

    /** Small things stay where they are, unless the rule speaks of sizes itself. */
    private static boolean largeEnough(LifecycleRule rule, Thing thing) {
        LifecycleRuleFilter filter = rule.filter();
        boolean ofSizes = filter != null
                && (filter.objectSizeGreaterThan() != null
                        || filter.objectSizeLessThan() != null
                        || (filter.and() != null
                                && (filter.and().objectSizeGreaterThan() != null
                                        || filter.and().objectSizeLessThan() != null)));
        return ofSizes || thing.size() >= SMALLEST_TO_MOVE;
    }

    private static @Nullable Long first(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : one;
    }

    private static String prefix(LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        String prefix = filter == null
                ? legacyPrefix(rule)
                : filter.prefix() != null
                        ? filter.prefix()
                        : filter.and() == null ? null : filter.and().prefix();
        return prefix == null ? "" : prefix;
    }

    @SuppressWarnings("deprecation") // Rules of an older form are still sent.
    private static @Nullable String legacyPrefix(LifecycleRule rule) {
        return rule.prefix();
    }

    /** Days count from the midnight after. */
    static long after(long at, int days) {
        long due = at + days * DAY;
        return Math.floorMod(due, DAY) == 0 ? due : due + DAY - Math.floorMod(due, DAY);
    }

    private Optional<When> soonest(Thing thing, Function<LifecycleRule, Optional<Long>> due) {
        return rules.stream()
                .filter(rule -> about(rule, thing))
                .flatMap(rule -> due.apply(rule).map(at -> new When(at, rule.id())).stream())
                .min(Comparator.comparingLong(When::at));
    }

    /** When what a key means goes. */
    public Optional<When> expires(Thing thing, long at) {
        return soonest(thing, rule -> expires(rule, at));
    }

    private static Optional<Long> expires(LifecycleRule rule, long at) {
        if (rule.expiration() == null) {
            return Optional.empty();
        }
        if (rule.expiration().date() != null) {
            return Optional.of(rule.expiration().date().toEpochMilli());
        }
        return Optional.ofNullable(rule.expiration().days()).map(days -> after(at, days));
    }

    /** When a marker goes that is all there is of a key. */
    public Optional<When> markerExpires(String key, long at) {
        return soonest(new Thing(key, 0, Map.of()), rule -> {
            boolean atOnce = rule.expiration() != null
                    && Boolean.TRUE.equals(rule.expiration().expiredObjectDeleteMarker());
            return atOnce ? Optional.of(at) : expires(rule, at);
        });
    }

    /**
     * When a version goes that its key does not mean any more.
     *
     * @param since when it was replaced
     * @param newer how many others that are not meant are newer
     */
    public Optional<When> noncurrentExpires(Thing thing, long since, int newer) {
        return soonest(
                thing,
                rule -> Optional.ofNullable(rule.noncurrentVersionExpiration())
                        .filter(each ->
                                each.newerNoncurrentVersions() == null || newer >= each.newerNoncurrentVersions())
                        .map(each -> after(since, each.noncurrentDays() == null ? 0 : each.noncurrentDays())));
    }

    /** The storage class that it has at {@code now} by a rule; empty: none speaks of it. */
    public Optional<String> storageClass(Thing thing, long at, long now) {
        return rules.stream()
                .filter(rule -> about(rule, thing) && largeEnough(rule, thing))
                .flatMap(rule -> rule.transitions().stream())
                .map(each -> new When(
                        each.date() == null
                                ? after(at, each.days() == null ? 0 : each.days())
                                : each.date().toEpochMilli(),
                        each.storageClassAsString()))
                .filter(each -> each.at() <= now)
                .max(Comparator.comparingLong(When::at))
                .map(When::rule);
    }

    /** As {@link #storageClass}, of a version that its key does not mean any more. */
    public Optional<String> noncurrentStorageClass(Thing thing, long since, int newer, long now) {
        return rules.stream()
                .filter(rule -> about(rule, thing) && largeEnough(rule, thing))
                .flatMap(rule -> rule.noncurrentVersionTransitions().stream())
                .filter(each -> each.newerNoncurrentVersions() == null || newer >= each.newerNoncurrentVersions())
                .map(each -> new When(
                        after(since, each.noncurrentDays() == null ? 0 : each.noncurrentDays()),
                        each.storageClassAsString()))
                .filter(each -> each.at() <= now)
                .max(Comparator.comparingLong(When::at))
                .map(When::rule);
    }

    /** When an upload that was begun and not ended goes. */
    public Optional<When> aborts(String key, long at) {
        return soonest(
                new Thing(key, 0, Map.of()),
                rule -> Optional.ofNullable(rule.abortIncompleteMultipartUpload())
                        .map(each -> after(at, each.daysAfterInitiation())));
    }

    /** The header that tells when something goes. */
    public Optional<String> expiration(String key, long size, Map<String, String> tags, long at) {
        return expires(new Thing(key, size, tags), at)
                .map(when -> "expiry-date=\""
                        + DateTimeFormatter.RFC_1123_DATE_TIME
                                .format(Instant.ofEpochMilli(when.at()).atOffset(ZoneOffset.UTC))
                                .replace("Z", GMT)
                        + "\", rule-id=\"" + when.rule() + "\"");
    }
}
