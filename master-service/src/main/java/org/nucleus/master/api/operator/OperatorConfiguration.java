package org.nucleus.master.api.operator;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The operator API's controller. */
@Configuration(proxyBeanMethods = false)
@Import({OperatorApi.class, Questions.class})
public class OperatorConfiguration {}
