/** SQL of Databricks that Spark and Delta have not: one parser before theirs, functions, and rules. */
@NullMarked
package io.slipway.driver.sql;

import org.jspecify.annotations.NullMarked;
