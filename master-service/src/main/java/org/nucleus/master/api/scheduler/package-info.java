/** The scheduler API: what frameworks post, and the streams on which they are told. */
@NullMarked
package org.nucleus.master.api.scheduler;

import org.jspecify.annotations.NullMarked;
