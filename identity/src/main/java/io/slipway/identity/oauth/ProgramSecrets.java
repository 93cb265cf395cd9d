package io.slipway.identity.oauth;

import io.slipway.identity.Caller;
import io.slipway.identity.Directory;
import io.slipway.identity.Secrets;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The door to secrets of service principals. They belong to the account, as their programs do, and open every workspace that has them. */
public final class ProgramSecrets {
    /** Of one service principal, as at the real service; expired ones count until they are deleted. */
    static final int MOST = 5;

    /** As at the real service. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(730);

    /** The beginning by which scanners of source code find a secret that was left there. */
    private static final String PREFIX = "dose";

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Directory directory;
    private final OauthStore store = new OauthStore();

    ProgramSecrets(Base base, Directory directory) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.directory = directory;
    }

    public ProgramSecret.Made create(Caller caller, PrincipalId program, Duration life) {
        directory.program(caller, program, true);
        if (life.isZero() || life.isNegative() || life.compareTo(LONGEST_LIFE) > 0) {
            throw PlatformException.invalid("lifetime must be 1s to " + LONGEST_LIFE.toSeconds() + "s.");
        }
        String value = PREFIX + ids.secretHex(16);
        long now = clock.millis();
        ProgramSecret secret = new ProgramSecret(ids.uuid(), program, Secrets.hash(value), now, now + life.toMillis());
        database.change(tx -> {
            if (store.secrets(tx.sql(), program).size() >= MOST) {
                throw new PlatformException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "A service principal has at most " + MOST + " secrets. Delete one first.",
                        Map.of("reason", "RESOURCE_LIMIT_EXCEEDED"));
            }
            store.insert(tx.sql(), secret);
            facts.tell(tx, caller.id(), new OauthFact.SecretCreated(ref(program), secret.id()));
        });
        return new ProgramSecret.Made(secret, value);
    }

    public List<ProgramSecret> list(Caller caller, PrincipalId program) {
        directory.program(caller, program, false);
        return database.read(handle -> store.secrets(handle, program));
    }

    /** Tokens that came of it end with it. */
    public void delete(Caller caller, PrincipalId program, String id) {
        directory.program(caller, program, true);
        database.change(tx -> {
            if (store.deleteSecret(tx.sql(), program, id) == 0) {
                throw PlatformException.notFound("Secret " + id + " does not exist.");
            }
            facts.tell(tx, caller.id(), new OauthFact.SecretDeleted(ref(program), id));
        });
    }

    /** Whether it has not expired. */
    public boolean active(ProgramSecret secret) {
        return secret.expiresAt() > clock.millis();
    }

    private static Ref ref(PrincipalId program) {
        return Ref.ofAccount(Kind.SERVICE_PRINCIPAL, program.toString());
    }
}
