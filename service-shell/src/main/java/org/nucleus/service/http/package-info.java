/** Paths and bodies as existing clients send them, made safe before anything looks at them. */
@NullMarked
package org.nucleus.service.http;

import org.jspecify.annotations.NullMarked;
