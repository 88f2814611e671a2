/**
 * Exact arithmetic of resources as the protocol defines it: scalars in thousandths, ranges, sets, and what keeps two
 * resources of one name apart (role, reservations, disk, allocation). Values only; knows the wire records and no
 * service.
 */
@NullMarked
package org.nucleus.resources;

import org.jspecify.annotations.NullMarked;
