package io.slipway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;

/**
 * One fact, written in the same transaction as the rows it speaks of. Histories, audit and the web application are views of these.
 *
 * @param seq position in the log, grows with every event; 0 before it is written
 * @param at epoch milliseconds
 * @param actor who caused it
 * @param kind for instance {@code cluster.running}
 * @param workspace of the thing it happened to
 * @param subject id of the thing it happened to
 * @param body details, one object
 */
public record Event(
        long seq, long at, PrincipalId actor, String kind, WorkspaceId workspace, String subject, JsonNode body) {}
