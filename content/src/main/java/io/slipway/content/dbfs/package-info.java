/** DBFS: a tree of plain files that the wire API and Spark see alike. {@link io.slipway.content.dbfs.Dbfs} is the door. */
@NullMarked
package io.slipway.content.dbfs;

import org.jspecify.annotations.NullMarked;
