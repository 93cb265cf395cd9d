package io.slipway.wire;

import com.linecorp.armeria.common.FlagsProvider;

/** Settings of the HTTP library that it reads once for the whole process. */
public final class WireFlags implements FlagsProvider {
    @Override
    public int priority() {
        return 1;
    }

    /** {@code ..} climbs in paths only; in the values of a query it is text like any other. */
    @Override
    public Boolean allowDoubleDotsInQueryString() {
        return true;
    }
}
