package io.slipway.identity;

import io.slipway.kit.Clock;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes those wait who guess passwords: after a few failures twice as long each time, for a name and for an address. */
public final class Attempts {
    private static final int FREE_OF_NAME = 5;
    /** Many people may come from one address. */
    private static final int FREE_OF_ADDRESS = 50;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);
    private static final int KNOWN = 10_000;

    private record Failures(int count, long last) {}

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > KNOWN;
        }
    };

    public Attempts(Clock clock) {
        this.clock = clock;
    }

    /** Throws RESOURCE_EXHAUSTED while whoever asks under this name, or from this address, has to wait. */
    public synchronized void require(String name, String address) {
        long wait = Math.max(wait("name " + name, FREE_OF_NAME), wait("address " + address, FREE_OF_ADDRESS));
        if (wait > 0) {
            throw PlatformException.tooOften(
                    "Too many wrong attempts. Try again in " + (wait + 999) / 1000 + " seconds.",
                    Duration.ofMillis(wait));
        }
    }

    private long wait(String key, int free) {
        Failures known = failures.get(key);
        if (known == null || known.count() < free) {
            return 0;
        }
        long pause = Math.min(LONGEST.toMillis(), 1000L << Math.min(20, known.count() - free));
        return known.last() + pause - clock.millis();
    }

    public synchronized void failed(String name, String address) {
        count("name " + name);
        if (!address.isEmpty()) {
            count("address " + address);
        }
    }

    private void count(String key) {
        long now = clock.millis();
        Failures known = failures.get(key);
        int before = known == null || known.last() + FORGOTTEN.toMillis() < now ? 0 : known.count();
        failures.put(key, new Failures(before + 1, now));
    }

    /** Whoever knows the password has not guessed; an address may still have. */
    public synchronized void succeeded(String name) {
        failures.remove("name " + name);
    }
}
