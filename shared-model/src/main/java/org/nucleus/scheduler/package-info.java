/** An ordinary framework's way to the master: subscribe, stay subscribed, send calls. Used by our own frameworks and the drivers. */
@NullMarked
package org.nucleus.scheduler;

import org.jspecify.annotations.NullMarked;
