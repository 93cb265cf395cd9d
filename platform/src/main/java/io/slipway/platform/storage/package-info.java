/** DBFS: a tree of plain files that the wire API and Spark see alike. {@link io.slipway.platform.storage.Dbfs} is the door. */
@NullMarked
package io.slipway.platform.storage;

import org.jspecify.annotations.NullMarked;
