/**
 * The node's agent: carries out what the server wants to run here, and reports. Protocol: docs/protocols/agent.md. One jar, a small
 * heap, nothing but the JDK.
 */
@NullMarked
package io.slipway.agent;

import org.jspecify.annotations.NullMarked;
