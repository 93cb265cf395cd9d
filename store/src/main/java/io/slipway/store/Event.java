package io.slipway.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One fact, written in the same transaction as the rows it speaks of. Histories, audit and the web application are views of these.
 *
 * @param seq position in the log, grows with every event; 0 before it is written
 * @param at epoch milliseconds
 * @param actor who caused it: a user name or {@code system}
 * @param kind for instance {@code cluster.running}
 * @param subject id of the thing it happened to
 * @param body details, one object
 */
public record Event(long seq, long at, String actor, String kind, String subject, JsonNode body) {}
