/**
 * Unity Catalog: catalogs, schemas and tables, named {@code catalog.schema.table}. Three doors, one per noun; Spark reaches them
 * over the wire as the user whose statement runs.
 */
@NullMarked
package io.slipway.catalog;

import org.jspecify.annotations.NullMarked;
