/** The rules of a new term: from what earlier ones stored to a master that serves at once. */
@NullMarked
package org.nucleus.master.core.recovery;

import org.jspecify.annotations.NullMarked;
