package io.slipway.wire.aws.protocol;

import io.slipway.wire.aws.signature.SentHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.loader.ModelAssembler;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;

/** The protocol tests of Smithy for one service: what a request means, and how answers and errors are written. */
final class SmithyCases {
    private final Model model;
    private final ShapeId service;
    final SmithyShapes shapes;
    private final Map<String, OperationShape> operations = new LinkedHashMap<>();

    SmithyCases(Model model, String service, Protocol protocol) {
        this.model = model;
        this.service = ShapeId.from(service);
        this.shapes = new SmithyShapes(model, protocol);
        TopDownIndex.of(model)
                .getContainedOperations(this.service)
                .forEach(each -> operations.put(each.getId().getName(), each));
    }

    static Model model() {
        return Model.assembler()
                .discoverModels(SmithyCases.class.getClassLoader())
                .putProperty(ModelAssembler.ALLOW_UNKNOWN_TRAITS, true)
                .disableValidation()
                .assemble()
                .getResult()
                .orElseThrow();
    }

    /** One test. */
    record Case(OperationShape operation, Shape of, ObjectNode test) {
        String id() {
            return test.expectStringMember("id").getValue();
        }

        ObjectNode params() {
            return test.getObjectMember("params").orElse(Node.objectNode());
        }
    }

    List<Case> requests() {
        return cases("smithy.test#httpRequestTests", false);
    }

    List<Case> responses() {
        return cases("smithy.test#httpResponseTests", false);
    }

    List<Case> errors() {
        return cases("smithy.test#httpResponseTests", true);
    }

    List<Case> malformed() {
        return cases("smithy.test#httpMalformedRequestTests", false).stream()
                .flatMap(each -> variants(each).stream())
                .toList();
    }

    /** A test may stand for several: its text has places for parameters. */
    private static List<Case> variants(Case each) {
        Optional<ObjectNode> parameters = each.test().getObjectMember("testParameters");
        if (parameters.isEmpty()) {
            return List.of(each);
        }
        List<Case> all = new ArrayList<>();
        int count = parameters
                .get()
                .getMembers()
                .values()
                .iterator()
                .next()
                .expectArrayNode()
                .size();
        for (int i = 0; i < count; i++) {
            String text = Node.printJson(each.test());
            for (Map.Entry<String, Node> parameter :
                    parameters.get().getStringMap().entrySet()) {
                Node value = parameter.getValue().expectArrayNode().get(i).orElseThrow();
                text = text.replace("$" + parameter.getKey() + ":L", inside(value))
                        .replace("$" + parameter.getKey() + ":S", inside(Node.from(Node.printJson(value))));
            }
            all.add(new Case(each.operation(), each.of(), Node.parse(text).expectObjectNode()));
        }
        return all;
    }

    private static String inside(Node string) {
        String quoted = Node.printJson(string);
        return quoted.substring(1, quoted.length() - 1);
    }

    private List<Case> cases(String trait, boolean errors) {
        List<Case> cases = new ArrayList<>();
        for (OperationShape operation : operations.values()) {
            List<Shape> owners = new ArrayList<>();
            if (errors) {
                operation.getErrorsSet().forEach(id -> owners.add(model.expectShape(id)));
            } else {
                owners.add(operation);
            }
            for (Shape owner : owners) {
                owner.findTrait(trait)
                        .ifPresent(all -> all.toNode()
                                .expectArrayNode()
                                .getElements()
                                .forEach(each -> add(cases, new Case(operation, owner, each.expectObjectNode()))));
            }
        }
        return cases;
    }

    private static void add(List<Case> cases, Case each) {
        boolean ofServers = each.test()
                .getStringMember("appliesTo")
                .filter(who -> who.getValue().equals("client"))
                .isEmpty();
        if (ofServers && cases.stream().noneMatch(other -> other.id().equals(each.id()))) {
            cases.add(each);
        }
    }

    Operation operation(OperationShape shape) {
        Optional<Operation.Binding> binding = shape.findTrait("http")
                .map(trait -> trait.toNode().expectObjectNode())
                .map(http -> new Operation.Binding(
                        http.expectStringMember("method").getValue(),
                        UriTemplate.of(http.expectStringMember("uri").getValue())));
        return new Operation(shape.getId().getName(), () -> shapes.empty(shape.getInputShape()), binding);
    }

    /** The outermost element of an answer in XML. */
    String outputName(String operation) {
        Shape output = model.expectShape(
                Optional.ofNullable(operations.get(operation)).orElseThrow().getOutputShape());
        return output.findTrait("xmlName")
                .map(trait -> trait.toNode().expectStringNode().getValue())
                .orElse(output.getId().getName());
    }

    Operations index() {
        return new Operations(operations.values().stream().map(this::operation).toList());
    }

    static WireRequest request(ObjectNode test, byte[] body) {
        String uri = test.getStringMemberOrDefault("uri", "/");
        int question = uri.indexOf('?');
        List<String> query = new ArrayList<>();
        if (question >= 0) {
            query.add(uri.substring(question + 1));
        }
        test.getArrayMember("queryParams")
                .ifPresent(all -> all.getElements()
                        .forEach(each -> query.add(each.expectStringNode().getValue())));
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        test.getObjectMember("headers")
                .ifPresent(all -> all.getStringMap()
                        .forEach((name, value) -> headers.add(
                                Map.entry(name, value.expectStringNode().getValue()))));
        return new WireRequest(
                test.expectStringMember("method").getValue(),
                question < 0 ? uri : uri.substring(0, question),
                Parameters.of(String.join("&", query)),
                new SentHeaders(headers),
                body);
    }

    static byte[] body(ObjectNode test) {
        return test.getStringMemberOrDefault("body", "").getBytes(StandardCharsets.UTF_8);
    }
}
