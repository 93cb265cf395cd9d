package io.slipway.identity.oauth;

import java.time.Duration;
import java.util.Optional;

/**
 * What a program gets.
 *
 * @param refreshToken with which it gets the next, if it may
 */
public record Issued(String accessToken, Duration life, String scope, Optional<String> refreshToken) {}
