package io.slipway.wire;

import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;

/** Finds who sends a request. May block; sees everything but the body, which is not read from somebody unknown. */
@FunctionalInterface
public interface Credentials {
    /** @throws PlatformException if nobody is named, or somebody who may not come in */
    Caller caller(Request request);
}
