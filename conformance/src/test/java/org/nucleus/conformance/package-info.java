/** One test for each behaviour of the protocol, seen from outside. Knows the network only. */
@NullMarked
package org.nucleus.conformance;

import org.jspecify.annotations.NullMarked;
