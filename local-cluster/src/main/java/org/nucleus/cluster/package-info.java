/**
 * The whole cluster on one machine: what {@code ./nucleus up} and {@code ./nucleus down} do, and what the end-to-end
 * tests start. It knows every service, its flags and its REST interface; no service knows it.
 */
@NullMarked
package org.nucleus.cluster;

import org.jspecify.annotations.NullMarked;
