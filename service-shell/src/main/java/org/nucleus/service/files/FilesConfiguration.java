package org.nucleus.service.files;

import org.nucleus.service.http.JsonpAdvice;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** {@code /files/*}, for a service that has {@link AttachedFiles} and a {@link FilesAccess}. */
@Configuration(proxyBeanMethods = false)
@Import({FilesEndpoints.class, JsonpAdvice.class})
public class FilesConfiguration {}
