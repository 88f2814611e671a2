/** The application around Marathon's core: its flags, and the one place that puts the parts together. */
@NullMarked
package org.nucleus.marathon;

import org.jspecify.annotations.NullMarked;
