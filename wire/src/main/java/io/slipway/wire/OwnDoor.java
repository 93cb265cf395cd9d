package io.slipway.wire;

import com.linecorp.armeria.common.HttpResponse;

/** A front door that finds its own way through a request. Must not block. */
@FunctionalInterface
public interface OwnDoor {
    HttpResponse serve(Passage passage);
}
