/** The cluster for readers, without touching the machine. */
@NullMarked
package org.nucleus.master.view;

import org.jspecify.annotations.NullMarked;
