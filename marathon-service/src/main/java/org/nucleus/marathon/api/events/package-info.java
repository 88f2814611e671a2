/** The stream at /v2/events. */
@NullMarked
package org.nucleus.marathon.api.events;

import org.jspecify.annotations.NullMarked;
