package io.slipway.wire.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.smithy.model.node.ObjectNode;

/** Compares an answer with what a test of Smithy says. */
final class SmithyAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SmithyAnswer() {}

    static void same(ObjectNode test, WireResponse told) throws IOException {
        compare(test, told, false);
    }

    /** Besides what is modelled, errors have a message and a type always. */
    static void sameError(ObjectNode test, WireResponse told) throws IOException {
        compare(test, told, true);
    }

    private static void compare(ObjectNode test, WireResponse told, boolean error) throws IOException {
        assertThat(told.status())
                .isEqualTo(test.expectNumberMember("code").getValue().intValue());
        test.getObjectMember("headers")
                .ifPresent(headers -> headers.getStringMap()
                        .forEach((name, value) -> header(
                                told,
                                name.toLowerCase(Locale.ROOT),
                                value.expectStringNode().getValue())));
        Optional<String> body = test.getStringMember("body").map(node -> node.getValue());
        if (body.isEmpty()) {
            return;
        }
        String type = test.getStringMemberOrDefault(
                "bodyMediaType", told.header("content-type").orElse(""));
        if (type.contains("json") && !body.get().isEmpty()) {
            json(body.get(), told.body(), error);
        } else if (type.contains("xml") && !body.get().isEmpty()) {
            assertThat(xml(told.body())).isEqualTo(xml(body.get().strip().getBytes(StandardCharsets.UTF_8)));
        } else {
            assertThat(new String(told.body(), StandardCharsets.UTF_8)).isEqualTo(body.get());
        }
    }

    /** The server tells the length by itself. */
    private static void header(WireResponse told, String name, String value) {
        if (!name.equals("content-length")) {
            assertThat(told.header(name).map(text -> text.replace(", ", ",")))
                    .as(name)
                    .contains(value.replace(", ", ","));
        }
    }

    private static void json(String wanted, byte[] told, boolean error) throws IOException {
        JsonNode expected = JSON.readTree(plain(wanted));
        JsonNode got = JSON.readTree(plain(new String(told, StandardCharsets.UTF_8)));
        if (error && got instanceof com.fasterxml.jackson.databind.node.ObjectNode all) {
            List<String> names = new ArrayList<>();
            all.fieldNames().forEachRemaining(names::add);
            names.stream().filter(name -> !expected.has(name)).forEach(all::remove);
        }
        assertThat(got).isEqualTo(expected);
    }

    /** Numbers may have a point; the name of an error may have its namespace, its message either case. */
    private static String plain(String json) throws IOException {
        return JSON.readTree(json)
                .toString()
                .replaceAll("(\\d)\\.0\\b", "$1")
                .replaceAll("\"__type\":\"[\\w.]+#", "\"__type\":\"")
                .replace("\"Message\"", "\"message\"");
    }

    private static Object xml(byte[] document) {
        return tree(XmlElement.parse(document));
    }

    private static String tree(XmlElement element) {
        if (element.leaf()) {
            return element.name() + "=" + element.text().strip();
        }
        List<String> children = new ArrayList<>();
        for (XmlElement child : element.children()) {
            if (!List.of("requestId", "RequestId", "RequestID", "ResponseMetadata")
                    .contains(child.name())) {
                children.add(tree(child));
            }
        }
        children.sort(String::compareTo);
        return element.name() + children;
    }
}
