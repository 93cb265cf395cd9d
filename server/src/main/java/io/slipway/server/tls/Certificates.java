package io.slipway.server.tls;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Timer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that is shown to whoever comes. It is looked at again and again, and a new one is used from then on. */
public final class Certificates implements TlsProvider {
    private static final Logger log = LoggerFactory.getLogger(Certificates.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Supplier<Pair> source;
    private volatile Shown shown;
    private String trouble = "";

    /** What is shown now, and the same as the library wants it. */
    private record Shown(Pair pair, TlsKeyPair library) {
        Shown(Pair pair) {
            this(pair, TlsKeyPair.of(pair.key(), pair.chain()));
        }
    }

    /** Throws what {@code source} throws if there is no good certificate now. */
    public Certificates(Supplier<Pair> source) {
        this.source = source;
        this.shown = new Shown(source.get());
    }

    public Pair pair() {
        return shown.pair();
    }

    @Override
    public TlsKeyPair keyPair(String hostname) {
        return shown.library();
    }

    /** Looks again and again, until the timer is closed. */
    public void watch(Timer timer, Executor background) {
        timer.after(PAUSE, () -> {
            try {
                background.execute(() -> {
                    look();
                    watch(timer, background);
                });
            } catch (RejectedExecutionException ending) {
                log.debug("certificates are looked at no more", ending);
            }
        });
    }

    /** What is broken is not used; it may be half of what somebody is writing. */
    void look() {
        try {
            Pair now = source.get();
            if (!now.chain().equals(shown.pair().chain())) {
                shown = new Shown(now);
                log.info("there is a new certificate, until {}", now.end());
            }
            trouble = "";
        } catch (PlatformException e) {
            keep(e.message());
        } catch (UncheckedIOException | IllegalStateException e) {
            keep(String.valueOf(e.getMessage()));
        }
    }

    private void keep(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            log.warn("The certificate of before is kept: {}", why);
        }
    }
}
