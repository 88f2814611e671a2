/** A service's schema in PostgreSQL, written only by the leader whose term it is. */
@NullMarked
package org.nucleus.service.store;

import org.jspecify.annotations.NullMarked;
