/** Where Chronos keeps what must not be lost, as a port. */
@NullMarked
package org.nucleus.chronos.store;

import org.jspecify.annotations.NullMarked;
