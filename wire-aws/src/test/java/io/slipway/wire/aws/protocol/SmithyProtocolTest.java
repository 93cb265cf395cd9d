package io.slipway.wire.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.wire.aws.protocol.SmithyCases.Case;
import io.slipway.wire.aws.signature.SentHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.shapes.Shape;

/**
 * Smithy's own tests of the protocols, by records that tell of themselves what those of the SDK do. What does not hold is named in
 * {@code smithy-exceptions.txt}, with the reason.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmithyProtocolTest {
    private static final String ID = "foo-id";
    private static final WireRequest ANY =
            new WireRequest("POST", "/", new Parameters(List.of()), SentHeaders.of(), new byte[0]);

    private final Set<String> exceptions = new HashSet<>();
    private Optional<Model> model = Optional.empty();

    @BeforeAll
    void load() throws IOException {
        model = Optional.of(SmithyCases.model());
        try (InputStream in = getClass().getResourceAsStream("smithy-exceptions.txt")) {
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(" "))
                    .forEach(line -> exceptions.add(line.strip()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aws.protocoltests.json10#JsonRpc10, AWS_JSON_1_0, 40",
        "aws.protocoltests.json#JsonProtocol, AWS_JSON_1_1, 100",
        "aws.protocoltests.query#AwsQuery, QUERY, 60",
        "aws.protocoltests.ec2#AwsEc2, EC2_QUERY, 50",
        "aws.protocoltests.restjson#RestJson, REST_JSON, 700",
        "aws.protocoltests.restxml#RestXml, REST_XML, 150"
    })
    void what_smithy_says_of_a_protocol_holds_but_for_what_is_named(String service, Protocol protocol, int least) {
        SmithyCases cases = new SmithyCases(model.orElseThrow(), service, protocol);
        Codec codec = protocol == Protocol.REST_XML
                ? new RestXmlCodec("", cases::outputName, true, Codec.REQUEST_ID)
                : Codec.of(protocol, "");
        Map<String, String> failed = new TreeMap<>();
        List<Case> requests = cases.requests();
        requests.forEach(each -> attempt(each, failed, () -> request(cases, codec, each)));
        List<Case> responses = cases.responses();
        responses.forEach(each -> attempt(each, failed, () -> response(cases, codec, each)));
        List<Case> errors = cases.errors();
        errors.forEach(each -> attempt(each, failed, () -> error(cases, codec, each)));
        List<Case> malformed = cases.malformed();
        malformed.forEach(each -> attempt(each, failed, () -> malformed(cases, codec, protocol, each)));
        List<String> all = Stream.of(requests, responses, errors, malformed)
                .flatMap(List::stream)
                .map(Case::id)
                .toList();
        assertThat(all).hasSizeGreaterThan(least);
        assertThat(failed.entrySet().stream()
                        .filter(each -> !exceptions.contains(each.getKey()))
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .collect(Collectors.joining("\n")))
                .isEmpty();
        assertThat(all.stream()
                        .filter(exceptions::contains)
                        .filter(id -> !failed.containsKey(id))
                        .toList())
                .as("exceptions that hold by now")
                .isEmpty();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void attempt(Case each, Map<String, String> failed, Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception | AssertionError e) {
            failed.put(each.id(), String.valueOf(e).replaceAll("\\s+", " "));
        }
    }

    private static void request(SmithyCases cases, Codec codec, Case each) {
        WireRequest request = SmithyCases.request(each.test(), SmithyCases.body(each.test()));
        assertThat(read(cases, codec, each, request))
                .isEqualTo(cases.shapes.record(each.operation().getInputShape(), each.params()));
    }

    private static Object read(SmithyCases cases, Codec codec, Case each, WireRequest request) {
        Operation operation = cases.operation(each.operation());
        if (!(codec instanceof RestJsonCodec) && !(codec instanceof RestXmlCodec)) {
            codec.operation(request).ifPresent(name -> assertThat(name).isEqualTo(operation.name()));
            return codec.read(operation, Map.of(), request);
        }
        Operations.Found found = cases.index().find(request).orElseThrow();
        assertThat(found.operation().name()).isEqualTo(operation.name());
        return codec.read(operation, found.labels(), request);
    }

    private static void response(SmithyCases cases, Codec codec, Case each) throws IOException {
        SmithyRecord record = cases.shapes.record(each.operation().getOutputShape(), each.params());
        SmithyAnswer.same(each.test(), codec.write(cases.operation(each.operation()), record, ANY, ID));
    }

    private static void error(SmithyCases cases, Codec codec, Case each) throws IOException {
        SmithyRecord record = cases.shapes.record(each.of().getId(), each.params());
        Optional<ObjectNode> ofQuery = named(each.of(), "aws.protocols#awsQueryError");
        String code = ofQuery.map(node -> node.expectStringMember("code").getValue())
                .orElse(each.of().getId().getName());
        int status = each.of()
                .findTrait("httpError")
                .map(trait -> trait.toNode().expectNumberNode().getValue().intValue())
                .or(() -> ofQuery.map(node ->
                        node.expectNumberMember("httpResponseCode").getValue().intValue()))
                .orElse(400);
        Object message = Optional.ofNullable(record.get("message"))
                .or(() -> Optional.ofNullable(record.get("Message")))
                .orElse("");
        Fault fault = new Fault(
                status, code, String.valueOf(message), Map.of(), Optional.of(cases.shapes.withoutMessage(record)));
        SmithyAnswer.sameError(each.test(), codec.error(fault, ANY, ID));
    }

    private static Optional<ObjectNode> named(Shape shape, String trait) {
        return shape.findTrait(trait).map(each -> each.toNode().expectObjectNode());
    }

    private static void malformed(SmithyCases cases, Codec codec, Protocol protocol, Case each) {
        ObjectNode sent = each.test().expectObjectMember("request");
        WireRequest request = SmithyCases.request(sent, SmithyCases.body(sent));
        ObjectNode expected = each.test().expectObjectMember("response");
        try {
            read(cases, codec, each, request);
        } catch (Malformed e) {
            WireResponse told = codec.error(protocol.fault(e, ""), request, ID);
            assertThat(told.status())
                    .isEqualTo(expected.expectNumberMember("code").getValue().intValue());
            expected.getObjectMember("headers")
                    .ifPresent(headers -> headers.getStringMap()
                            .forEach((name, value) -> assertThat(told.header(name.toLowerCase(Locale.ROOT)))
                                    .contains(value.expectStringNode().getValue())));
            return;
        }
        throw new AssertionError("was read: " + sent.expectStringMember("uri").getValue());
    }
}
