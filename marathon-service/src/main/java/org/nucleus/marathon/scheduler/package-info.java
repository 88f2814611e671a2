/** The way to the master: events become inputs, effects become calls. */
@NullMarked
package org.nucleus.marathon.scheduler;

import org.jspecify.annotations.NullMarked;
