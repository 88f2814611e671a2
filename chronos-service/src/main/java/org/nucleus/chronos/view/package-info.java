/** What readers see: always exactly what is stored, never the machine itself. */
@NullMarked
package org.nucleus.chronos.view;

import org.jspecify.annotations.NullMarked;
