/** Identity endpoints: who am I, tokens, and the discovery documents that SDKs read before anything else. */
@NullMarked
package io.slipway.wire.databricks.identity;

import org.jspecify.annotations.NullMarked;
