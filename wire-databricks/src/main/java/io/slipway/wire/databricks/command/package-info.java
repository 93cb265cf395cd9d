/** Command execution, API 1.2: contexts and commands of interactive clients. */
@NullMarked
package io.slipway.wire.databricks.command;

import org.jspecify.annotations.NullMarked;
