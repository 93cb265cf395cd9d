package io.slipway.wire.aws.call;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.aws.protocol.Fault;

/** Why a call was refused, as the log of calls hears it. */
public final class Refused {
    private Refused() {}

    public static PlatformException of(Throwable failure) {
        return Faults.cause(failure) instanceof PlatformException told
                ? told
                : new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, String.valueOf(failure.getMessage()));
    }

    public static PlatformException because(Fault fault) {
        return new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, fault.code() + ": " + fault.message());
    }
}
