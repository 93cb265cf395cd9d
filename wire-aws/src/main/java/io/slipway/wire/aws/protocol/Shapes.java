package io.slipway.wire.aws.protocol;

import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** What all protocols ask of the SDK's records. */
final class Shapes {
    private Shapes() {}

    /** An empty builder for a member that is a structure. */
    static SdkPojo builder(SdkField<?> field) {
        return field.constructor().get();
    }

    /** The record that a builder has gathered. Throws unless everything is there that must be. */
    static SdkPojo built(SdkPojo builder) {
        SdkPojo built = builder instanceof Buildable buildable ? (SdkPojo) buildable.build() : builder;
        requireAll(built);
        return built;
    }

    /** Empty: not set. A list that nobody has set is not an empty list. */
    static Optional<Object> value(SdkField<?> field, SdkPojo of) {
        return Optional.<Object>ofNullable(field.getValueOrDefault(of)).filter(Shapes::set);
    }

    private static boolean set(Object value) {
        return !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
    }

    /** Whether it is in the body, as a part of it. */
    static boolean inBody(SdkField<?> field) {
        return field.location() == MarshallLocation.PAYLOAD && !field.containsTrait(PayloadTrait.class);
    }

    /** The member that is the whole body. */
    static Optional<SdkField<?>> payload(SdkPojo shape) {
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.containsTrait(PayloadTrait.class)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    private static void requireAll(SdkPojo shape) {
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.containsTrait(RequiredTrait.class) && value(field, shape).isEmpty()) {
                throw new Malformed(Malformed.Kind.MISSING, "The request must have " + field.memberName() + ".");
            }
        }
    }
}
