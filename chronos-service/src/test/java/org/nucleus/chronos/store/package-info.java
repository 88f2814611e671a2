/** The store on a real database. */
@NullMarked
package org.nucleus.chronos.store;

import org.jspecify.annotations.NullMarked;
