/** Endless HTTP responses: bounded queues, each written by its request's own virtual thread. */
@NullMarked
package org.nucleus.service.stream;

import org.jspecify.annotations.NullMarked;
