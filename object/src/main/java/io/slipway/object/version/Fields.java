package io.slipway.object.version;

import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.ChecksumAlgorithm;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Members that several requests or answers of S3 have under the same name. */
public final class Fields {
    private Fields() {}

    public static Optional<String> text(S3Request request, String name) {
        return request.getValueForField(name, String.class).filter(text -> !text.isEmpty());
    }

    public static boolean has(S3Request request, String name) {
        return request.getValueForField(name, Object.class).isPresent();
    }

    /** Sets those that the answer has. */
    public static void fill(SdkPojo builder, Map<String, ?> values) {
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = values.get(field.memberName());
            if (value != null) {
                field.set(builder, value);
            }
        }
    }

    public static void fill(SdkPojo builder, Checksum checksum) {
        fill(builder, of(checksum));
    }

    static Map<String, Object> of(Checksum checksum) {
        Map<String, Object> values = new HashMap<>();
        values.put(name(checksum.algorithm()), checksum.value());
        values.put("ChecksumType", checksum.composite() ? "COMPOSITE" : "FULL_OBJECT");
        return values;
    }

    public static String name(ChecksumAlgorithm algorithm) {
        return "Checksum" + algorithm.name();
    }
}
