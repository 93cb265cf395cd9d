/** Composition by hand, one port, and the operator's commands. */
@NullMarked
package io.slipway.server;

import org.jspecify.annotations.NullMarked;
