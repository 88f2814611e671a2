/** Where Marathon keeps what a new leader must find again. */
@NullMarked
package org.nucleus.marathon.store;

import org.jspecify.annotations.NullMarked;
