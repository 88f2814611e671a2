/** The way to the master: events become inputs, effects become calls. */
@NullMarked
package org.nucleus.chronos.scheduler;

import org.jspecify.annotations.NullMarked;
