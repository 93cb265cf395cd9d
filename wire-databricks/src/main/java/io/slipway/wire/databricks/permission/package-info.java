/** Permissions API 2.0: who may do what with which thing. */
@NullMarked
package io.slipway.wire.databricks.permission;

import org.jspecify.annotations.NullMarked;
