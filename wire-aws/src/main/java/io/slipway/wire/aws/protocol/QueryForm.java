package io.slipway.wire.aws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** What the two protocols of forms have in common. */
final class QueryForm {
    /** Parameters of every request. */
    private static final Set<String> COMMON = Set.of(
            "Action",
            "Version",
            "AWSAccessKeyId",
            "Signature",
            "SignatureMethod",
            "SignatureVersion",
            "SecurityToken",
            "Timestamp",
            "Expires");

    private final QueryReader reader;

    QueryForm(boolean flat) {
        this.reader = new QueryReader(flat);
    }

    static Optional<String> action(WireRequest request) {
        return new Parameters(parameters(request)).first("Action");
    }

    private static List<Parameters.Parameter> parameters(WireRequest request) {
        List<Parameters.Parameter> all = new ArrayList<>(request.query().all());
        all.addAll(Parameters.of(new String(request.body(), StandardCharsets.UTF_8))
                .all());
        return all;
    }

    SdkPojo read(Operation operation, Map<String, String> labels, WireRequest request) {
        SdkPojo builder = operation.request().get();
        reader.fill(
                builder,
                QueryTree.of(parameters(request), name -> !COMMON.contains(name) && !name.startsWith("X-Amz-")));
        return Shapes.built(builder);
    }
}
