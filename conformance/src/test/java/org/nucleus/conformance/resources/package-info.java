/** Reservations, volumes, quota, weights, maintenance and draining: what is kept for whom. */
@NullMarked
package org.nucleus.conformance.resources;

import org.jspecify.annotations.NullMarked;
