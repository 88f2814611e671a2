/** The contract of a deterministic core, and the writer that runs one: input, step, commit, release. Knows no service. */
@NullMarked
package org.nucleus.machine;

import org.jspecify.annotations.NullMarked;
