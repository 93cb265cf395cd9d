package io.slipway.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Argon2id with the costs that OWASP names (19 MiB, two passes, one lane). Costs are in each hash and can grow later. */
final class PasswordHashes {
    private static final Argon2Function FUNCTION = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID, 19);

    private static final long PATIENCE_SECONDS = 10;

    /** Each takes 19 MiB and a core for a while: a flood of attempts must not take the machine. */
    private final Semaphore atOnce = new Semaphore(2);

    private final Ids ids;
    private @Nullable String nobodys;

    PasswordHashes(Ids ids) {
        this.ids = ids;
    }

    String of(String password) {
        enter();
        try {
            return Password.hash(form(password))
                    .addSalt(ids.secretHex(16))
                    .with(FUNCTION)
                    .getResult();
        } finally {
            atOnce.release();
        }
    }

    /** Takes the same time if there is no hash. */
    boolean matches(String password, Optional<String> hash) {
        String known = hash.orElseGet(this::nobodys);
        enter();
        try {
            return Password.check(form(password), known).with(Argon2Function.getInstanceFromHash(known))
                    && hash.isPresent();
        } finally {
            atOnce.release();
        }
    }

    private synchronized String nobodys() {
        String known = nobodys;
        if (known == null) {
            known = of(ids.secretHex(16));
            nobodys = known;
        }
        return known;
    }

    /** Keyboards write one letter in several forms. */
    private static String form(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private void enter() {
        try {
            if (atOnce.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new PlatformException(
                ErrorCode.RESOURCE_EXHAUSTED, "Too many people sign in at once. Try again in a moment.");
    }
}
