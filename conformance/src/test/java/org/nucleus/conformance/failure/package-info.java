/** What survives when processes end, freeze and return. */
@NullMarked
package org.nucleus.conformance.failure;

import org.jspecify.annotations.NullMarked;
