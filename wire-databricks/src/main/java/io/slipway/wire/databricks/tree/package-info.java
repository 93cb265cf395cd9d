/** Workspace API 2.0 and the file calls that bundles use: folders, notebooks, files. */
@NullMarked
package io.slipway.wire.databricks.tree;

import org.jspecify.annotations.NullMarked;
