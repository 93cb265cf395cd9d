package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code aws_account}. */
final class AccountStore {
    void insert(Handle handle, Account account) {
        handle.createUpdate("""
                        insert into aws_account (id, name, canonical_id, standard, generation, created_at)
                        values (:id, :name, :canonical, :standard, 0, :created)
                        """)
                .bind("id", account.id().digits())
                .bind("name", account.name())
                .bind("canonical", account.canonical())
                .bind("standard", account.standard() ? 1 : 0)
                .bind("created", account.createdAt().toEpochMilli())
                .execute();
    }

    List<Account> all(Handle handle) {
        return handle.createQuery("select * from aws_account order by id")
                .map((row, context) -> account(row))
                .list();
    }

    Optional<Account> find(Handle handle, AccountId id) {
        return handle.createQuery("select * from aws_account where id = :id")
                .bind("id", id.digits())
                .map((row, context) -> account(row))
                .findOne();
    }

    Optional<Account> named(Handle handle, String name) {
        return handle.createQuery("select * from aws_account where name = :name")
                .bind("name", name)
                .map((row, context) -> account(row))
                .findOne();
    }

    Optional<Account> aliased(Handle handle, String alias) {
        return handle.createQuery("select * from aws_account where alias = :alias")
                .bind("alias", alias)
                .map((row, context) -> account(row))
                .findOne();
    }

    Optional<Account> standard(Handle handle) {
        return handle.createQuery("select * from aws_account where standard = 1")
                .map((row, context) -> account(row))
                .findOne();
    }

    void setAlias(Handle handle, AccountId id, Optional<String> alias) {
        handle.createUpdate("update aws_account set alias = :alias where id = :id")
                .bind("alias", alias)
                .bind("id", id.digits())
                .execute();
    }

    Optional<String> passwordPolicy(Handle handle, AccountId id) {
        return handle.createQuery(
                        "select password_policy from aws_account where id = :id and password_policy is not null")
                .bind("id", id.digits())
                .mapTo(String.class)
                .findOne();
    }

    void setPasswordPolicy(Handle handle, AccountId id, Optional<String> policy) {
        handle.createUpdate("update aws_account set password_policy = :policy where id = :id")
                .bind("policy", policy)
                .bind("id", id.digits())
                .execute();
    }

    /** What was read of the account before is old from now on. */
    void raise(Handle handle, AccountId id) {
        handle.execute("update aws_account set generation = generation + 1 where id = ?", id.digits());
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new AccountId(row.getString("id")),
                row.getString("name"),
                row.getString("canonical_id"),
                Optional.ofNullable(row.getString("alias")),
                row.getInt("standard") == 1,
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
