/** The server's end of the agent protocol (docs/protocols/agent.md). */
@NullMarked
package io.slipway.nodes.agent;

import org.jspecify.annotations.NullMarked;
