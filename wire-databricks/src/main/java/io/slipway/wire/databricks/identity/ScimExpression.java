package io.slipway.wire.databricks.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.DirectoryFilter;
import io.slipway.identity.DirectoryFilter.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A filter as SCIM writes it (RFC 7644, 3.4.2.2). Names of attributes are in small letters: their case does not count. */
sealed interface ScimExpression {
    /** Whether it is true of a value of a list, or of an object. */
    boolean matches(JsonNode value);

    /**
     * The same in words of the directory.
     *
     * @param within stands before its attributes
     */
    DirectoryFilter directory(String within, Function<String, DirectoryFilter.Attribute> attributes);

    record And(List<ScimExpression> parts) implements ScimExpression {
        @Override
        public DirectoryFilter directory(String within, Function<String, DirectoryFilter.Attribute> attributes) {
            return new DirectoryFilter.All(parts.stream()
                    .map(part -> part.directory(within, attributes))
                    .toList());
        }

        @Override
        public boolean matches(JsonNode value) {
            return parts.stream().allMatch(part -> part.matches(value));
        }
    }

    record Or(List<ScimExpression> parts) implements ScimExpression {
        @Override
        public DirectoryFilter directory(String within, Function<String, DirectoryFilter.Attribute> attributes) {
            return new DirectoryFilter.Any(parts.stream()
                    .map(part -> part.directory(within, attributes))
                    .toList());
        }

        @Override
        public boolean matches(JsonNode value) {
            return parts.stream().anyMatch(part -> part.matches(value));
        }
    }

    record Not(ScimExpression part) implements ScimExpression {
        @Override
        public DirectoryFilter directory(String within, Function<String, DirectoryFilter.Attribute> attributes) {
            return new DirectoryFilter.Not(part.directory(within, attributes));
        }

        @Override
        public boolean matches(JsonNode value) {
            return !part.matches(value);
        }
    }

    record Present(String attribute) implements ScimExpression {
        @Override
        public DirectoryFilter directory(String within, Function<String, DirectoryFilter.Attribute> attributes) {
            return new DirectoryFilter.Present(attributes.apply(within + attribute));
        }

        @Override
        public boolean matches(JsonNode value) {
            JsonNode found = ScimJson.at(value, attribute);
            return !found.isMissingNode() && !found.isNull() && !found.asText().isEmpty();
        }
    }

    record Compare(String attribute, Comparison comparison, String wanted) implements ScimExpression {
        @Override
        public DirectoryFilter directory(String within, Function<String, DirectoryFilter.Attribute> attributes) {
            return new DirectoryFilter.Compare(attributes.apply(within + attribute), comparison, wanted);
        }

        @Override
        public boolean matches(JsonNode value) {
            // A value of a list of plain texts is its own value.
            JsonNode found = value.isObject() ? ScimJson.at(value, attribute) : value;
            String text = found.asText("").toLowerCase(Locale.ROOT);
            String other = wanted.toLowerCase(Locale.ROOT);
            return switch (comparison) {
                case EQUAL -> text.equals(other);
                case CONTAINS -> text.contains(other);
                case STARTS -> text.startsWith(other);
                case ENDS -> text.endsWith(other);
                case GREATER -> text.compareTo(other) > 0;
                case GREATER_OR_EQUAL -> text.compareTo(other) >= 0;
                case LESS -> text.compareTo(other) < 0;
                case LESS_OR_EQUAL -> text.compareTo(other) <= 0;
            };
        }
    }

    /** {@code attribute[part]}. */
    record Within(String attribute, ScimExpression part) implements ScimExpression {
        @Override
        public DirectoryFilter directory(String within, Function<String, DirectoryFilter.Attribute> attributes) {
            return part.directory(attribute + ".", attributes);
        }

        @Override
        public boolean matches(JsonNode value) {
            for (JsonNode each : ScimJson.at(value, attribute)) {
                if (part.matches(each)) {
                    return true;
                }
            }
            return false;
        }
    }
}
