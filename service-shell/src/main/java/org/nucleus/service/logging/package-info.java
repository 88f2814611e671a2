/** How much a service logs, and for how long. */
@NullMarked
package org.nucleus.service.logging;

import org.jspecify.annotations.NullMarked;
