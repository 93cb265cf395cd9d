/**
 * Spark's view of the platform's catalog. Delta insists on this package prefix for catalogs that own managed tables. Not null
 * marked: Spark's interfaces hand nulls in and out as they like.
 */
package io.unitycatalog.slipway;
