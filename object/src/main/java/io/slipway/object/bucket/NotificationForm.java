package io.slipway.object.bucket;

import io.slipway.kit.Ids;
import io.slipway.object.fault.S3Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/** How a bucket says who is told of what: events, filters and targets. */
final class NotificationForm {
    private static final Pattern TARGET = Pattern.compile("arn:aws[a-z-]*:(lambda|sqs|sns):[a-z0-9-]+:[0-9]{12}:.+");

    /** Targets of this service and how each is named in a refusal. */
    private record Rule(
            String service,
            String target,
            List<Event> events,
            @Nullable NotificationConfigurationFilter filter) {
        String part(String name) {
            if (filter == null || filter.key() == null) {
                return "";
            }
            return filter.key().filterRules().stream()
                    .filter(each -> each.nameAsString().equalsIgnoreCase(name))
                    .map(FilterRule::value)
                    .findFirst()
                    .orElse("");
        }

        boolean overlaps(Rule other) {
            return events.stream().anyMatch(each -> other.events.stream().anyMatch(one -> overlap(each, one)))
                    && (part("prefix").startsWith(other.part("prefix"))
                            || other.part("prefix").startsWith(part("prefix")))
                    && (part("suffix").endsWith(other.part("suffix"))
                            || other.part("suffix").endsWith(part("suffix")));
        }

        private static boolean overlap(Event one, Event other) {
            return covers(one.toString(), other.toString()) || covers(other.toString(), one.toString());
        }

        private static boolean covers(String wide, String narrow) {
            return wide.equals(narrow)
                    || (wide.endsWith("*") && narrow.startsWith(wide.substring(0, wide.length() - 1)));
        }
    }

    private NotificationForm() {}

    /** With an id for each rule. */
    static NotificationConfiguration checked(
            @Nullable NotificationConfiguration asked, boolean targetsAreNotAsked, Ids ids) {
        if (asked == null) {
            throw S3Fault.malformed();
        }
        NotificationConfiguration named = named(asked, ids);
        List<Rule> rules = new ArrayList<>();
        named.lambdaFunctionConfigurations()
                .forEach(each -> rules.add(new Rule("lambda", each.lambdaFunctionArn(), each.events(), each.filter())));
        named.queueConfigurations()
                .forEach(each -> rules.add(new Rule("sqs", each.queueArn(), each.events(), each.filter())));
        named.topicConfigurations()
                .forEach(each -> rules.add(new Rule("sns", each.topicArn(), each.events(), each.filter())));
        rules.forEach(each -> check(each, targetsAreNotAsked));
        for (int i = 0; i < rules.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (rules.get(i).overlaps(rules.get(j))) {
                    throw S3Fault.invalidArgument(
                            "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
                            "Event",
                            rules.get(i).events());
                }
            }
        }
        return named;
    }

    private static NotificationConfiguration named(NotificationConfiguration asked, Ids ids) {
        return asked.toBuilder()
                .lambdaFunctionConfigurations(asked.lambdaFunctionConfigurations().stream()
                        .map(each -> each.id() == null
                                ? each.toBuilder().id(ids.uuid()).build()
                                : each)
                        .toArray(LambdaFunctionConfiguration[]::new))
                .queueConfigurations(asked.queueConfigurations().stream()
                        .map(each -> each.id() == null
                                ? each.toBuilder().id(ids.uuid()).build()
                                : each)
                        .toArray(QueueConfiguration[]::new))
                .topicConfigurations(asked.topicConfigurations().stream()
                        .map(each -> each.id() == null
                                ? each.toBuilder().id(ids.uuid()).build()
                                : each)
                        .toArray(TopicConfiguration[]::new))
                .build();
    }

    private static void check(Rule rule, boolean targetIsNotAsked) {
        if (rule.target() == null || rule.events().isEmpty()) {
            throw S3Fault.malformed();
        }
        if (rule.events().contains(Event.UNKNOWN_TO_SDK_VERSION)) {
            throw S3Fault.invalidArgument("The event is not supported for notifications", "Event", rule.events());
        }
        if (!TARGET.matcher(rule.target()).matches()
                || !rule.target().split(":", -1)[2].equals(rule.service())) {
            throw S3Fault.invalidArgument("The ARN could not be parsed", "arn", rule.target());
        }
        if (rule.filter() != null && rule.filter().key() != null) {
            check(rule.filter().key().filterRules());
        }
        if (!targetIsNotAsked) {
            // S3 sends it a test event, or asks whether it may: neither reaches anybody here.
            throw S3Fault.invalidArgument(
                    "Unable to validate the following destination configurations", rule.target(), "Not found");
        }
    }

    private static void check(List<FilterRule> filters) {
        Set<String> seen = new HashSet<>();
        for (FilterRule each : filters) {
            String name = String.valueOf(each.nameAsString()).toLowerCase(Locale.ROOT);
            if (!name.equals("prefix") && !name.equals("suffix")) {
                throw S3Fault.invalidArgument(
                        "filter rule name must be either prefix or suffix", "FilterRule.Name", each.nameAsString());
            }
            if (!seen.add(name)) {
                throw S3Fault.invalidArgument(
                        "Cannot specify more than one " + name + " rule in a filter.", "FilterRule.Name", name);
            }
        }
    }
}
