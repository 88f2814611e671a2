package org.nucleus.master.api.operator;

import org.nucleus.service.files.AttachedFiles;
import org.nucleus.service.files.FileCalls;
import org.nucleus.service.files.FilesAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The operator API's controller, and what it asks. */
@Configuration(proxyBeanMethods = false)
@Import({OperatorApi.class, Questions.class})
public class OperatorConfiguration {
    @Bean
    OperatorApi.Readers operatorReaders(Questions questions, AttachedFiles files, FilesAccess access) {
        return new OperatorApi.Readers(questions, new FileAnswers(new FileCalls(files, access)));
    }
}
