package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code aws_policy_version}, {@code aws_inline_policy} and {@code aws_attached_policy}. */
final class PolicyStore {
    /** One version of a policy with a name of its own. */
    record Version(int number, String document, long createdAt) {}

    /** A policy that is part of a user, group or role. */
    record Inline(String name, String document) {}

    void insertVersion(Handle handle, String policyId, Version version) {
        handle.createUpdate("""
                        insert into aws_policy_version (policy_id, version, document, created_at)
                        values (:policy, :version, :document, :created)
                        """)
                .bind("policy", policyId)
                .bind("version", version.number())
                .bind("document", version.document())
                .bind("created", version.createdAt())
                .execute();
    }

    /** Newest first. */
    List<Version> versions(Handle handle, String policyId) {
        return handle.createQuery("""
                        select version, document, created_at from aws_policy_version where policy_id = :policy
                        order by version desc
                        """)
                .bind("policy", policyId)
                .map((row, context) ->
                        new Version(row.getInt("version"), row.getString("document"), row.getLong("created_at")))
                .list();
    }

    Optional<Version> version(Handle handle, String policyId, int number) {
        return handle.createQuery("""
                        select version, document, created_at from aws_policy_version
                        where policy_id = :policy and version = :version
                        """)
                .bind("policy", policyId)
                .bind("version", number)
                .map((row, context) ->
                        new Version(row.getInt("version"), row.getString("document"), row.getLong("created_at")))
                .findOne();
    }

    void deleteVersion(Handle handle, String policyId, int number) {
        handle.execute("delete from aws_policy_version where policy_id = ? and version = ?", policyId, number);
    }

    void deleteVersions(Handle handle, String policyId) {
        handle.execute("delete from aws_policy_version where policy_id = ?", policyId);
    }

    int countVersions(Handle handle, AccountId account) {
        return handle.createQuery("""
                        select count(*) from aws_policy_version join aws_entity on aws_entity.id = policy_id
                        where account = :account and kind = 'policy'
                        """)
                .bind("account", account.digits())
                .mapTo(Integer.class)
                .one();
    }

    void putInline(Handle handle, String entityId, Inline policy) {
        handle.createUpdate("""
                        insert into aws_inline_policy (entity_id, name, document) values (:entity, :name, :document)
                        on conflict (entity_id, name) do update set document = :document
                        """)
                .bind("entity", entityId)
                .bind("name", policy.name())
                .bind("document", policy.document())
                .execute();
    }

    /** By name. */
    List<Inline> inline(Handle handle, String entityId) {
        return handle.createQuery("""
                        select name, document from aws_inline_policy where entity_id = :entity order by name
                        """)
                .bind("entity", entityId)
                .map((row, context) -> new Inline(row.getString("name"), row.getString("document")))
                .list();
    }

    int deleteInline(Handle handle, String entityId, String name) {
        return handle.execute("delete from aws_inline_policy where entity_id = ? and name = ?", entityId, name);
    }

    /** What is attached already stays so. */
    void attach(Handle handle, Entity to, String policy) {
        handle.createUpdate("""
                        insert into aws_attached_policy (entity_id, policy, account) values (:entity, :policy, :account)
                        on conflict (entity_id, policy) do nothing
                        """)
                .bind("entity", to.id())
                .bind("policy", policy)
                .bind("account", to.account().digits())
                .execute();
    }

    int detach(Handle handle, String entityId, String policy) {
        return handle.execute("delete from aws_attached_policy where entity_id = ? and policy = ?", entityId, policy);
    }

    /** By name. */
    List<String> attached(Handle handle, String entityId) {
        return handle.createQuery("select policy from aws_attached_policy where entity_id = :entity order by policy")
                .bind("entity", entityId)
                .mapTo(String.class)
                .list();
    }

    /** Ids of those that a policy is attached to. */
    List<String> attachedTo(Handle handle, AccountId account, String policy) {
        return handle.createQuery("""
                        select entity_id from aws_attached_policy where account = :account and policy = :policy
                        order by entity_id
                        """)
                .bind("account", account.digits())
                .bind("policy", policy)
                .mapTo(String.class)
                .list();
    }

    /** Policies of AWS that are attached to somebody of the account, or to somebody in it as their boundary. */
    List<String> attachedAnywhere(Handle handle, AccountId account) {
        return handle.createQuery(
                        "select distinct policy from aws_attached_policy where account = :account order by policy")
                .bind("account", account.digits())
                .mapTo(String.class)
                .list();
    }
}
