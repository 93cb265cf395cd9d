package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.util.List;
import java.util.Optional;

/** AWS accounts of this installation. They belong to it as a whole: no workspace has any. */
public final class Accounts {
    private static final int DIGITS = 12;
    private static final int LONGEST_NAME = 50;
    private static final String STANDARD_NAME = "main";

    private final IamRecords records;
    private final Ids ids;

    Accounts(IamRecords records, Ids ids) {
        this.records = records;
        this.ids = ids;
    }

    /** The account that is meant where nobody names one; made at the first start. */
    public Account bootstrap() {
        return records.database()
                .write(tx -> records.accounts().standard(tx.sql()).orElseGet(() -> {
                    Account account = made(STANDARD_NAME, true);
                    records.accounts().insert(tx.sql(), account);
                    return account;
                }));
    }

    public Account create(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw PlatformException.invalid("The name of an account has 1 to " + LONGEST_NAME + " characters.");
        }
        return records.database().write(tx -> {
            if (records.accounts().named(tx.sql(), name).isPresent()) {
                throw PlatformException.invalid("There is an account " + name + " already.");
            }
            Account account = made(name, false);
            records.accounts().insert(tx.sql(), account);
            return account;
        });
    }

    /** The account of this name, which is made if it is not there. */
    public Account named(String name) {
        return records.database()
                .read(handle -> records.accounts().named(handle, name))
                .orElseGet(() -> create(name));
    }

    private Account made(String name, boolean standard) {
        StringBuilder digits = new StringBuilder();
        for (byte each : ids.secret(DIGITS)) {
            // Without a zero in front, which tools that take it for a number would lose.
            digits.append(digits.isEmpty() ? 1 + (each & 0xff) % 9 : (each & 0xff) % 10);
        }
        AccountId id = new AccountId(digits.toString());
        return new Account(
                id,
                name,
                id.canonical(),
                Optional.empty(),
                standard,
                records.clock().now());
    }

    public List<Account> list() {
        return records.database().read(handle -> records.accounts().all(handle));
    }

    public Optional<Account> find(AccountId id) {
        return records.database().read(handle -> records.accounts().find(handle, id));
    }

    /** A key of the account itself, which may do everything. Shown once; there are two at most. */
    public Key createRootKey(AccountId id) {
        Key key = records.keys().lasting();
        records.database().change(tx -> {
            if (records.accounts().find(tx.sql(), id).isEmpty()) {
                throw PlatformException.notFound("There is no account " + id + ".");
            }
            if (records.keyStore().keys(tx.sql(), id, Optional.empty()).size() >= KeyCalls.MOST_KEYS) {
                throw PlatformException.invalid("Account " + id + " has " + KeyCalls.MOST_KEYS
                        + " keys already: delete one before you make another.");
            }
            records.keyStore()
                    .insert(
                            tx.sql(),
                            new KeyStore.LastingKey(
                                    key.id(),
                                    id,
                                    Optional.empty(),
                                    true,
                                    records.clock().millis(),
                                    KeyStore.LastUsed.NEVER),
                            records.keys().sealed(key));
        });
        return key;
    }
}
