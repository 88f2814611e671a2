/** What a user of the cluster sees: its REST interfaces, asked until they say what is waited for. */
@NullMarked
package org.nucleus.cluster.rest;

import org.jspecify.annotations.NullMarked;
