package io.slipway.identity.oauth;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.kit.PrincipalId;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code federation_policy}. */
final class FederationStore {
    private static final TypeReference<List<String>> WORDS = new TypeReference<>() {};

    /** Oldest first. */
    List<FederationPolicy> list(Handle handle, Optional<PrincipalId> program) {
        return handle.createQuery(
                        "select * from federation_policy where principal_id = :program order by created_at, uid")
                .bind("program", number(program))
                .map((row, context) -> policy(row))
                .list();
    }

    Optional<FederationPolicy> find(Handle handle, Optional<PrincipalId> program, String id) {
        return handle.createQuery("select * from federation_policy where principal_id = :program and policy_id = :id")
                .bind("program", number(program))
                .bind("id", id)
                .map((row, context) -> policy(row))
                .findOne();
    }

    /** Those of a live service principal, oldest first. */
    List<FederationPolicy> ofClient(Handle handle, String applicationId) {
        return handle.createQuery("""
                        select federation_policy.* from federation_policy
                        join principal on principal.id = federation_policy.principal_id
                        where principal.name = :name and principal.kind = 'SERVICE_PRINCIPAL' and principal.gone_at = 0
                        order by federation_policy.created_at, federation_policy.uid
                        """)
                .bind("name", applicationId)
                .map((row, context) -> policy(row))
                .list();
    }

    void insert(Handle handle, FederationPolicy policy) {
        written(handle.createUpdate("""
                        insert into federation_policy (uid, principal_id, policy_id, description, issuer, audiences, subject,
                            subject_claim, jwks_uri, jwks_json, stamp, created_at, changed_at)
                        values (:uid, :program, :id, :description, :issuer, :audiences, :subject, :claim, :uri, :keys,
                            :stamp, :created, :changed)
                        """), policy)
                .bind("program", number(policy.program()))
                .bind("id", policy.id())
                .bind("created", policy.createdAt())
                .execute();
    }

    void update(Handle handle, FederationPolicy policy) {
        written(handle.createUpdate("""
                        update federation_policy set description = :description, issuer = :issuer, audiences = :audiences,
                            subject = :subject, subject_claim = :claim, jwks_uri = :uri, jwks_json = :keys, stamp = :stamp,
                            changed_at = :changed
                        where uid = :uid
                        """), policy).execute();
    }

    private static Update written(Update statement, FederationPolicy policy) {
        FederationPolicy.Rule rule = policy.rule();
        return statement
                .bind("uid", policy.uid())
                .bind("description", policy.description())
                .bind("issuer", rule.issuer())
                .bind("audiences", Json.write(rule.audiences()))
                .bind("subject", rule.subject())
                .bind("claim", rule.subjectClaim())
                .bind("uri", rule.keysAt())
                .bind("keys", rule.keys())
                .bind("stamp", policy.stamp())
                .bind("changed", policy.changedAt());
    }

    int delete(Handle handle, Optional<PrincipalId> program, String id) {
        return handle.createUpdate("delete from federation_policy where principal_id = :program and policy_id = :id")
                .bind("program", number(program))
                .bind("id", id)
                .execute();
    }

    /** If it is no more: one that only left a workspace keeps them. */
    void deleteOfGone(Handle handle, PrincipalId program) {
        handle.createUpdate("""
                        delete from federation_policy where principal_id = :program
                        and exists (select 1 from principal where id = :program and gone_at <> 0)
                        """).bind("program", program.number()).execute();
    }

    private static long number(Optional<PrincipalId> program) {
        return program.map(PrincipalId::number).orElse(0L);
    }

    private static FederationPolicy policy(ResultSet row) throws SQLException {
        long program = row.getLong("principal_id");
        return new FederationPolicy(
                row.getString("uid"),
                program == 0 ? Optional.empty() : Optional.of(new PrincipalId(program)),
                row.getString("policy_id"),
                row.getString("description"),
                new FederationPolicy.Rule(
                        row.getString("issuer"),
                        Json.read(row.getString("audiences"), WORDS),
                        Optional.ofNullable(row.getString("subject")),
                        Optional.ofNullable(row.getString("subject_claim")),
                        Optional.ofNullable(row.getString("jwks_uri")),
                        Optional.ofNullable(row.getString("jwks_json"))),
                row.getString("stamp"),
                row.getLong("created_at"),
                row.getLong("changed_at"));
    }
}
