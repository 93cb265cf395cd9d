package io.slipway.identity;

import io.slipway.store.Json;
import java.util.List;
import java.util.Map;

/** A filter of the directory as a condition on rows of {@code principal}; its texts are values, never a part of the statement. */
final class FilterSql implements DirectoryFilter.Words<String> {
    private final Map<String, Object> values;

    /** @param values takes what the condition compares with, by the names in it */
    FilterSql(Map<String, Object> values) {
        this.values = values;
    }

    static String column(DirectoryFilter.Attribute attribute) {
        return switch (attribute) {
            case ID -> "principal.id";
            case NAME -> "principal.name_key";
            case DISPLAY_NAME -> "lower(principal.display_name)";
            case EXTERNAL_ID -> "lower(coalesce(principal.external_id, ''))";
            case ACTIVE -> "principal.active";
            case GIVEN_NAME -> "lower(principal.given_name)";
            case FAMILY_NAME -> "lower(principal.family_name)";
            case EMAIL, GROUP_ID, MEMBER_ID -> "principal.id";
        };
    }

    @Override
    public String all(List<String> parts) {
        return parts.isEmpty() ? "1 = 1" : "(" + String.join(" and ", parts) + ")";
    }

    @Override
    public String any(List<String> parts) {
        return parts.isEmpty() ? "1 = 0" : "(" + String.join(" or ", parts) + ")";
    }

    @Override
    public String not(String part) {
        return "not (" + part + ")";
    }

    @Override
    public String present(DirectoryFilter.Attribute attribute) {
        return switch (attribute) {
            case ID, NAME, ACTIVE -> "1 = 1";
            case EMAIL -> "principal.emails <> '[]'";
            case GROUP_ID ->
                "exists (select 1 from member where member.principal_id = principal.id and" + MembershipStore.COUNTS
                        + ")";
            case MEMBER_ID ->
                "exists (select 1 from member where member.group_id = principal.id and" + MembershipStore.COUNTS + ")";
            case DISPLAY_NAME, EXTERNAL_ID, GIVEN_NAME, FAMILY_NAME -> column(attribute) + " <> ''";
        };
    }

    @Override
    public String compare(DirectoryFilter.Compare compare) {
        String name = "value" + values.size();
        String value = Names.key(compare.value());
        return switch (compare.attribute()) {
            case ID -> {
                values.put(name, text(compare.comparison(), value));
                yield "cast(principal.id as text) " + operator(compare.comparison(), name);
            }
            case ACTIVE -> {
                values.put(name, value.equals("true") ? 1 : 0);
                yield "principal.active = :" + name;
            }
            case EMAIL -> {
                values.put(name, "%" + pattern(email(compare.comparison(), value)) + "%");
                yield "lower(principal.emails) like :" + name + " escape '!'";
            }
            case GROUP_ID, MEMBER_ID -> {
                values.put(name, number(value));
                boolean up = compare.attribute() == DirectoryFilter.Attribute.GROUP_ID;
                yield "exists (select 1 from member where member." + (up ? "principal_id" : "group_id")
                        + " = principal.id and member." + (up ? "group_id" : "principal_id") + " = :" + name + " and"
                        + MembershipStore.COUNTS + ")";
            }
            case NAME, DISPLAY_NAME, EXTERNAL_ID, GIVEN_NAME, FAMILY_NAME -> {
                values.put(name, text(compare.comparison(), value));
                yield column(compare.attribute()) + " " + operator(compare.comparison(), name);
            }
        };
    }

    /** As it stands in the column: a list of objects that begin with their value. */
    private static String email(DirectoryFilter.Comparison comparison, String value) {
        String written = Json.write(value);
        String inner = written.substring(1, written.length() - 1);
        return switch (comparison) {
            case EQUAL -> "\"value\":\"" + inner + "\"";
            case STARTS -> "\"value\":\"" + inner;
            default -> inner;
        };
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException nobodysId) {
            return -1;
        }
    }

    private static String text(DirectoryFilter.Comparison comparison, String value) {
        return switch (comparison) {
            case CONTAINS -> "%" + pattern(value) + "%";
            case STARTS -> pattern(value) + "%";
            case ENDS -> "%" + pattern(value);
            case EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> value;
        };
    }

    private static String pattern(String text) {
        return text.replaceAll("([%_!])", "!$1");
    }

    private static String operator(DirectoryFilter.Comparison comparison, String name) {
        return switch (comparison) {
            case EQUAL -> "= :" + name;
            case CONTAINS, STARTS, ENDS -> "like :" + name + " escape '!'";
            case GREATER -> "> :" + name;
            case GREATER_OR_EQUAL -> ">= :" + name;
            case LESS -> "< :" + name;
            case LESS_OR_EQUAL -> "<= :" + name;
        };
    }
}
