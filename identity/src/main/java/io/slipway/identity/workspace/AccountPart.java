package io.slipway.identity.workspace;

import io.slipway.store.Manifest;

/**
 * What an account keeps to make workspaces of.
 *
 * @param name no other of its kind has it
 * @param manifest all that was said of it
 * @param createdAt epoch milliseconds
 */
public record AccountPart(String id, PartKind kind, String name, Manifest manifest, long createdAt) {}
