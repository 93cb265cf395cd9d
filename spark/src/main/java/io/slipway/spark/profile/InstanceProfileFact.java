package io.slipway.spark.profile;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;
import java.util.Optional;

/** What happens to the instance profiles of a workspace. */
public sealed interface InstanceProfileFact extends Fact {
    record Added(Ref subject, Optional<String> role) implements InstanceProfileFact {}

    record Edited(Ref subject, Optional<String> role) implements InstanceProfileFact {}

    record Removed(Ref subject) implements InstanceProfileFact {}
}
