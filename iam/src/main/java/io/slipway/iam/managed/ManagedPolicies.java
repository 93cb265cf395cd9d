package io.slipway.iam.managed;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Those of AWS's policies that are known here, in {@code policies.json}. */
public final class ManagedPolicies {
    private static final String RESOURCE = "policies.json";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_LENGTH = 17;

    /** By name in small letters. */
    private final Map<String, ManagedPolicy> byName;

    private ManagedPolicies(Map<String, ManagedPolicy> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    public static ManagedPolicies read() {
        try (InputStream in = ManagedPolicies.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + RESOURCE);
            }
            Map<String, ManagedPolicy> all = new TreeMap<>();
            for (JsonNode each : Json.mapper().readTree(in)) {
                ManagedPolicy policy = policy(each);
                all.put(policy.name().toLowerCase(Locale.ROOT), policy);
            }
            return new ManagedPolicies(all);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    private static ManagedPolicy policy(JsonNode node) {
        String name = node.get("name").asText();
        String path = node.path("path").asText("/");
        JsonNode document =
                Json.mapper().createObjectNode().put("Version", "2012-10-17").set("Statement", node.get("statements"));
        return new ManagedPolicy(
                "arn:aws:iam::aws:policy" + path + name,
                id(name),
                name,
                path,
                node.path("version").asText("v1"),
                node.get("description").asText(),
                PolicyDocument.parse(PolicyKind.MANAGED, document.toString()));
    }

    /** Not AWS's own, but the same in every installation. */
    private static String id(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            StringBuilder id = new StringBuilder("ANPA");
            for (int i = 0; i < ID_LENGTH; i++) {
                id.append(ALPHABET.charAt(hash[i] & 31));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Optional<ManagedPolicy> find(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)))
                .filter(each -> each.arn().equals(arn));
    }

    /** By name. */
    public Collection<ManagedPolicy> all() {
        return byName.values();
    }
}
