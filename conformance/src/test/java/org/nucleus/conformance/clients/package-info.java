/** Published clients and drivers as frameworks: written for the original, run unmodified. */
@NullMarked
package org.nucleus.conformance.clients;

import org.jspecify.annotations.NullMarked;
