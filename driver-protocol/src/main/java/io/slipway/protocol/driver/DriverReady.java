package io.slipway.protocol.driver;

/**
 * {@code ready.json}: what a driver says when it listens.
 *
 * @param masterUrl blank for a single node
 * @param sparkUiPort 0 if there is none
 */
public record DriverReady(
        int protocol,
        int port,
        String masterUrl,
        int sparkUiPort,
        String sparkVersion,
        String applicationId,
        long sparkContextId) {}
