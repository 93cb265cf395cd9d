/** The account API 2.0: workspaces, what they are made of, and who is in which. */
@NullMarked
package io.slipway.wire.databricks.account;

import org.jspecify.annotations.NullMarked;
