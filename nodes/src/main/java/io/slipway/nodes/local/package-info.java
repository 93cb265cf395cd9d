/** Nodes that are folders and processes of this computer. */
@NullMarked
package io.slipway.nodes.local;

import org.jspecify.annotations.NullMarked;
