/** The newcomer's first minutes: an example job on real data, run through the public API only. */
@NullMarked
package io.slipway.server.quickstart;

import org.jspecify.annotations.NullMarked;
