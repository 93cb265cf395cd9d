/** Unity Catalog API 2.1: metastore, catalogs, schemas, tables. */
@NullMarked
package io.slipway.wire.databricks.catalog;

import org.jspecify.annotations.NullMarked;
