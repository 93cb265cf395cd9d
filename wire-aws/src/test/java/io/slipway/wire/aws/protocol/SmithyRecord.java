package io.slipway.wire.aws.protocol;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** A record as the SDK would have it for a structure of a Smithy model, and its builder. */
final class SmithyRecord implements SdkPojo, Buildable {
    private final List<SdkField<?>> fields;
    private final Map<String, Object> values = new TreeMap<>();

    SmithyRecord(List<SdkField<?>> fields) {
        this.fields = fields;
    }

    @Nullable
    Object get(String member) {
        return values.get(member);
    }

    void set(String member, @Nullable Object value) {
        if (value != null) {
            values.put(member, value);
        }
    }

    @Override
    public List<SdkField<?>> sdkFields() {
        return fields;
    }

    @Override
    public Object build() {
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SmithyRecord record && values.equals(record.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
