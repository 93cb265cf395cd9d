/** Who is calling: users, personal access tokens, and what each caller may do. */
@NullMarked
package io.slipway.identity;

import org.jspecify.annotations.NullMarked;
