/** Spark's view of the platform's catalog. Delta insists on this package prefix for catalogs that own managed tables. */
@NullMarked
package io.unitycatalog.slipway;

import org.jspecify.annotations.NullMarked;
