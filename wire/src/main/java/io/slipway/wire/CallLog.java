package io.slipway.wire;

import com.linecorp.armeria.common.HttpData;
import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import java.util.Map;
import java.util.Optional;

/** Hears of every call, those that are refused as well. */
public interface CallLog {
    CallLog NONE = new CallLog() {
        @Override
        public Open begin(Call call) {
            return ending -> {};
        }

        @Override
        public void refused(Call call, Ending ending) {}
    };

    /** A call that its handler has. */
    @FunctionalInterface
    interface Open {
        /** Before the answer leaves. Must not throw: what is done is done. */
        void end(Ending ending);
    }

    /**
     * @param caller who it was: a handler may know more than the credentials
     * @param error why not
     * @param found what the handler has found out beside it, by name
     * @param body of an answer that is whole; empty otherwise
     */
    record Ending(
            Caller caller, int status, Optional<PlatformException> error, Map<String, String> found, HttpData body) {
        public Ending {
            found = Map.copyOf(found);
        }
    }

    /**
     * Before anything is done.
     *
     * @throws PlatformException UNAVAILABLE: nothing may be done now
     */
    Open begin(Call call);

    /** One that has come to no handler. Must not throw. */
    void refused(Call call, Ending ending);
}
